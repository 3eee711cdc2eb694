"""What the knowledge files know by name, whether the record names it or not: the parties, and the places of the gazetteer."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from waqai.knowledge.actors import ActorKnowledge, load_actors
from waqai.knowledge.files import load_files
from waqai.knowledge.gazetteer import Gazetteer, load_gazetteer
from waqai.knowledge.gazetteer_records import Entry, place_of
from waqai.knowledge.place_words import key_of
from waqai.model.mention import Actor, Place
from waqai.queries.naming import name_key

_NAMES = 200  # spellings whose places are looked at


class Known:
    """Parties and places by id and by name. What they are read from is loaded when it is first asked for."""

    @cached_property
    def _actors(self) -> ActorKnowledge:
        return load_actors(load_files())

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return load_gazetteer(load_files())

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        """The curated ones stand for their doubles of the built file, whose ids they have."""
        held = self._gazetteer
        found = {entry.id: entry for entry in map(held.entry, range(len(held)))}
        return found | {entry.id: entry for entry in held.curated()}

    @cached_property
    def _latin(self) -> list[tuple[str, str]]:
        """The Latin names as they are compared, each with the id of its place."""
        return [(name_key(entry.name_en), id) for id, entry in self._by_id.items() if entry.name_en]

    @property
    def actor_ids(self) -> Iterable[str]:
        """The ids of all parties."""
        return self._actors.entries

    def actor(self, id: str) -> Actor | None:
        """The party with this id."""
        entry = self._actors.entries.get(id)
        return None if entry is None else entry.actor

    def place(self, id: str) -> Place | None:
        """The place with this id."""
        entry = self._by_id.get(id)
        return None if entry is None else place_of(entry)

    def actors_holding(self, name: str, most: int) -> list[Actor]:
        """The parties one of whose names holds this: those that are called so first, then those whose name begins so."""
        wanted = name_key(name)
        ranked = []
        for entry in self._actors.entries.values() if wanted else ():
            actor = entry.actor
            keys = [name_key(one) for one in (actor.name_ar, actor.name_en, actor.id, *entry.spellings)]
            fitting = [_rank(key, wanted) for key in keys if wanted in key]
            if fitting:
                ranked.append((min(fitting), actor.id, actor))
        return [actor for _, _, actor in sorted(ranked, key=lambda one: one[:2])[:most]]

    def places_holding(self, name: str, most: int) -> list[Place]:
        """The places one of whose names holds this: those that are called so first, then those whose name begins so; of these
        the one that is likelier meant."""
        best: dict[str, tuple[int, int, str]] = {}
        for rank, entry in self._holding(name):
            found = (rank, -entry.weight, entry.id)
            best[entry.id] = min(found, best.get(entry.id, found))
        return [place_of(self._by_id[id]) for _, _, id in sorted(best.values())[:most]]

    def _holding(self, name: str) -> Iterator[tuple[int, Entry]]:
        latin = name_key(name)
        arabic = key_of(latin)  # as the gazetteer is folded
        keys = self._gazetteer.keys() if arabic else ()
        for rank, _, key in sorted((_rank(key, arabic), len(key), key) for key in keys if arabic in key)[:_NAMES]:
            yield from ((rank, candidate.entry) for candidate in self._gazetteer.candidates(key))
        for key, id in self._latin if latin else ():
            if latin in key:
                yield _rank(key, latin), self._by_id[id]


def _rank(key: str, wanted: str) -> int:
    return 0 if key == wanted else 1 if key.startswith(wanted) else 2
