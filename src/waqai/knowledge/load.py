"""All knowledge, loaded once for a process."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from waqai.knowledge.actors import ActorKnowledge, load_actors
from waqai.knowledge.choice import ChoiceKnowledge, load_choice
from waqai.knowledge.codebook import Codebook, load_codebook
from waqai.knowledge.dates import DateKnowledge, load_dates
from waqai.knowledge.events import Events, load_events
from waqai.knowledge.files import KnowledgeFiles, load_files
from waqai.knowledge.furniture import FurnitureKnowledge, load_furniture
from waqai.knowledge.gazetteer import Gazetteer, load_gazetteer
from waqai.knowledge.holding import HoldingKnowledge, load_holding
from waqai.knowledge.mending import MendingLexicon, load_mending
from waqai.knowledge.numbers import NumberKnowledge, load_numbers
from waqai.knowledge.people import PeopleKnowledge, load_people
from waqai.knowledge.persons import PersonKnowledge, load_persons
from waqai.knowledge.quiet import QuietKnowledge, load_quiet
from waqai.knowledge.sources import SourceKnowledge, load_sources
from waqai.knowledge.targets import TargetKnowledge, load_targets
from waqai.knowledge.weapons import WeaponKnowledge, load_weapons


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the stages look words up in; `hash` names this state of all that a coder reads."""

    hash: str
    codebook: Codebook
    furniture: FurnitureKnowledge
    mending: MendingLexicon
    numbers: NumberKnowledge
    people: PeopleKnowledge
    dates: DateKnowledge
    gazetteer: Gazetteer
    actors: ActorKnowledge
    persons: PersonKnowledge
    sources: SourceKnowledge
    weapons: WeaponKnowledge
    targets: TargetKnowledge
    events: Events
    quiet: QuietKnowledge
    holding: HoldingKnowledge
    choice: ChoiceKnowledge


@contextmanager
def no_garbage() -> Iterator[None]:
    """Without the search for garbage, where millions of things are made that stay or refer to none in circles: searching them
    takes a sixth to a third of the time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def load_knowledge(files: KnowledgeFiles | None = None) -> Knowledge:
    """The knowledge of the package, or of other files; KnowledgeError names the file and line that is wrong."""
    with no_garbage():
        return _load(files or load_files())


def _load(files: KnowledgeFiles) -> Knowledge:
    codebook = load_codebook(files)
    return Knowledge(
        hash=files.coding,
        codebook=codebook,
        furniture=load_furniture(files),
        mending=load_mending(files),
        numbers=load_numbers(files),
        people=load_people(files),
        dates=load_dates(files),
        gazetteer=load_gazetteer(files),
        actors=load_actors(files),
        persons=load_persons(files),
        sources=load_sources(files),
        weapons=load_weapons(files),
        targets=load_targets(files),
        events=load_events(files, frozenset(codebook.event_types)),
        quiet=load_quiet(files),
        holding=load_holding(files),
        choice=load_choice(files),
    )
