"""A draft: an event on its way to becoming a report, and what the coder remembers between sentences."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from waqai.knowledge.events import Events, Frame, Trigger
from waqai.knowledge.targets import TargetKnowledge
from waqai.model.mention import Actor, Mention, Place
from waqai.model.quick import quick
from waqai.model.report import Casualties, Modality, NamedActor, NamedDate, NamedPlace, Target, Why
from waqai.model.text import Span


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What drafting looks words up in."""

    events: Events
    targets: TargetKnowledge
    civilians: Actor
    only_used_by: Mapping[tuple[str, str], Actor]
    bombs_by_air: Mapping[str, frozenset[str]]
    alone_in_the_air: Mapping[str, tuple[Actor, dt.date | None]]


@quick
@dataclass(frozen=True, slots=True)
class Toll:
    """A number of killed or injured at tokens `first` to `last`.

    `rises` marks a count that replaces an earlier one, `part` one of those counted before who has a cause of his own,
    `earlier` one that the text itself calls outdated, `history` one told as history, `joint` one of several places.
    """

    outcome: str
    who: str
    side: str | None
    low: int
    high: int | None
    sentence: int
    first: int
    last: int
    span: Span
    rises: bool = False
    singular: bool = False
    part: bool = False
    earlier: bool = False
    history: bool = False
    joint: bool = False

    def casualties(self) -> Casualties:
        """The record of the report; its claim is set when the claims are known."""
        outcome, who = self.outcome, self.who
        return Casualties(outcome, who, self.side, self.low, self.high, 0, self.span)  # type: ignore[arg-type]


@quick
@dataclass(frozen=True, slots=True)
class Draft:
    """One event as one sentence tells it (or several, once merged).

    `of_list` says that its words tell it of several places, `another` that they set it apart from what was told before.
    """

    sentence: int
    paragraph: int
    first: int
    last: int
    trigger: Trigger
    frame: Frame
    type: str
    tense: str
    modality: Modality
    background: bool
    definite: bool
    actor1: tuple[NamedActor, ...] = ()
    actor2: tuple[NamedActor, ...] = ()
    place: NamedPlace | None = None
    own_place: bool = False
    date: NamedDate | None = None
    target: Target | None = None
    weapon: str | None = None
    tolls: tuple[Toll, ...] = ()
    evidence: tuple[int, int] = (0, 0)
    listed: int = 0
    of_list: bool = False
    another: bool = False
    why: tuple[Why, ...] = ()
    merged: tuple["Draft", ...] = ()

    @property
    def in_title(self) -> bool:
        """Whether it stands in the title."""
        return self.paragraph < 0


@dataclass(slots=True)
class Memory:
    """What earlier sentences leave behind: places by level, the last agents and parties. Lives within one article.

    `day` is that of the last line that heads others. `allies` holds for each camp those that fight on its side (`Codebook.allies`).
    """

    allies: Mapping[str, frozenset[str]]
    places: list[Mention[Place]] = field(default_factory=list)
    agent: tuple[NamedActor, ...] = ()
    agent_sentence: int = -9
    parties: tuple[tuple[NamedActor, ...], tuple[NamedActor, ...]] = ((), ())
    parties_sentence: int = -9
    event_place: NamedPlace | None = None
    event_sentence: int = -9
    event_paragraph: int = -9
    day: NamedDate | None = None
    agents_by_type: dict[str, tuple[int, tuple[NamedActor, ...]]] = field(default_factory=dict)
    bombers: list[tuple[int, tuple[NamedActor, ...]]] = field(default_factory=list)
    fighters: list[Actor] = field(default_factory=list)

    def tell_agents(self, draft: Draft) -> None:
        """Remember who did what a draft tells, for "the shelling" of a later sentence."""
        if draft.actor1 and draft.modality == "happened":
            self.agents_by_type[draft.type] = self.agents_by_type[draft.trigger.id] = (draft.sentence, draft.actor1)
        if draft.actor1 and draft.modality == "happened" and draft.type in BOMBING and not draft.background:
            self.bombers.append((draft.sentence, draft.actor1))

    def who_bombed(self, sentence: int, back: int) -> tuple[NamedActor, ...]:
        """Everybody who bombed in the `back` sentences before one, each camp once; () when they are too many to be meant."""
        found: dict[str, NamedActor] = {}
        for at, actors in self.bombers:
            if sentence - at <= back:
                for actor in actors:
                    if actor.actor.camp != "unknown":
                        found.setdefault(actor.actor.camp, actor)
        return tuple(found.values()) if len(found) <= BOMBERS else ()

    def bombed_lately(self, sentence: int) -> bool:
        """Whether a bombing was told in a sentence or right before it."""
        return bool(self.bombers) and sentence - self.bombers[-1][0] <= 1

    def _side(self, camp: str) -> frozenset[str]:
        return self.allies.get(camp) or frozenset((camp,))

    def sides(self) -> tuple[tuple[NamedActor, ...], tuple[NamedActor, ...]]:
        """The two sides named so far, a state's forces first, when nearly all that the article names stand on these two."""
        camps: dict[str, int] = {}
        for actor in self.fighters[:RECENT]:
            camps[actor.camp] = camps.get(actor.camp, 0) + 1
        ranked = sorted(camps, key=lambda c: -camps[c])
        if len(self.fighters) < 3:
            return (), ()
        against = next((c for c in ranked if not self._side(c) & self._side(ranked[0])), None)
        if against is None:
            return (), ()
        two = self._side(ranked[0]) | self._side(against)
        if sum(n for camp, n in camps.items() if self._side(camp) & two) < SHARE * sum(camps.values()):
            return (), ()
        sides = [self._on_the_ground(camp) for camp in (ranked[0], against)]
        first, second = sorted(sides, key=lambda a: a.kind != "state forces")
        return (NamedActor(first, None),), (NamedActor(second, None),)

    def _on_the_ground(self, camp: str) -> Actor:
        """Who fights there for the side of a camp: the party of the country most often named before its backers from abroad."""
        side = [a for a in self.fighters if a.camp in self._side(camp) and a.kind != FROM_ABROAD]
        if not side:
            return next(a for a in self.fighters if a.camp == camp)
        counts: dict[str, int] = {}
        for actor in side:
            counts[actor.camp] = counts.get(actor.camp, 0) + 1
        most = max(counts, key=lambda c: (c == camp, counts[c]))
        return next(a for a in side if a.camp == most)

    def against(self, camps: set[str], other: str) -> bool:
        """Whether a camp is known and fights on the side of none of these."""
        own = frozenset().union(*map(self._side, camps))
        return other != "unknown" and own.isdisjoint(self._side(other))

    def opponent(self, camps: set[str]) -> tuple[NamedActor, ...]:
        """The party most often named so far that stands against these camps; () when there is none.

        Three times one from abroad weigh as much as once one of the country: they bomb and seldom hold a place.
        """
        own = frozenset().union(*map(self._side, camps))
        against = [a for a in self.fighters[-RECENT:] if own.isdisjoint(self._side(a.camp))]
        if not against:
            return ()
        counts: dict[str, int] = {}
        for actor in against:
            counts[actor.camp] = counts.get(actor.camp, 0) + (1 if actor.kind == FROM_ABROAD else 3)
        camp = max(counts, key=lambda c: (counts[c], c))
        return (NamedActor(next(a for a in reversed(against) if a.camp == camp), None),)


FROM_ABROAD = "external forces"  # a kind of party
LIKELIEST = "likeliest of those who may be meant"  # the rule of a party that was chosen by weights
CARRIED_ON = "understood from before"  # the rule of a doer whom a sentence before names
TOLD_WHERE = "who did it where it was told before"  # the rule of a bomber of "the bombing"
BOMBING = ("Air/drone strike", "Shelling/artillery/missile attack")
PROTESTS = ("Excessive force against protesters", "Protest with intervention", "Peaceful protest")
BOMBERS = 2  # camps that "the bombing" of a whole area may mean together
SHARE = 0.85  # of the parties named that must stand on one of two sides, for a clash of unnamed parties to be theirs
RECENT = 300  # parties named to which an article may look back
