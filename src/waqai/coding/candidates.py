"""Candidates: everybody who may fill a role of an event, with the facts that speak for or against each.

The rules of `parties.py` read one clause and often name nobody. Here all whom the sentences of an event and those next to them name
are set side by side, and nobody beside them; `choosing.py` weighs their facts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from waqai.coding.draft import Draft
from waqai.coding.roles import armed
from waqai.coding.scene import Scene
from waqai.coding.standing import KIN, Company, elsewhere_named, in_sentence
from waqai.model.mention import Actor, Mention
from waqai.model.quick import quick
from waqai.model.report import NamedActor

Role = Literal["actor1", "actor2"]
SHARES = 4  # steps in which it is told how large a part of the article's events somebody fills a role of
AROUND = (-1, 1)  # sentences, counted from that of the event, whose parties stand against those of its own
CROWDS = ("protesters", "rioters", "civilians")
REMOTE = frozenset(
    {
        "Air/drone strike", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Suicide bomb",
        "Chemical weapon", "Grenade",
    }
)  # fmt: skip


@quick
@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may fill a role, or nobody (`actor` is None).

    `by_rule` says that the rules put him there; `mention` is where he is named, None where he is only understood; `here`
    says that this is a sentence of the event.
    """

    actor: NamedActor | None
    facts: tuple[str, ...]
    by_rule: bool = False
    mention: Mention[Actor] | None = None
    here: bool = False

    @property
    def camp(self) -> str:
        """His camp, "" for nobody."""
        return self.actor.actor.camp if self.actor is not None else ""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who fights on whose side (`Codebook.allies`), who bombs from the air, the countries of parties and the masters of air
    forces by their ids, and the actor that stands for civilians."""

    allies: Mapping[str, frozenset[str]]
    bombers: frozenset[str]
    countries: Mapping[str, str]
    masters: Mapping[str, Actor]
    civilians: Actor

    def one_side(self, camp: str, other: str) -> bool:
        """Whether two camps fight on one side."""
        return camp == other or camp in self.allies.get(other, ())


@quick
@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Whom the rules name for the other events of an article: camps in the same role and in the other one.

    `before` and `after` are those of the events next to this one, `beside` of its sentence, `kin` of those before it in
    its sentence of whose type it is told as another, `alike` of its type, `often` how many events each has the role
    in; `apart` counts the sentences since the event before, at most 3.
    """

    before: tuple[frozenset[str], frozenset[str]]
    after: tuple[frozenset[str], frozenset[str]]
    beside: frozenset[str]
    kin: frozenset[str]
    alike: frozenset[str]
    often: Mapping[str, int]
    apart: int
    same_type: bool


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom the rules name in one role for the events of an article: how many events every camp has it in, of each type too, and
    the events of each sentence."""

    drafts: tuple[Draft, ...]
    role: Role
    every: Mapping[str, int]
    by_type: Mapping[str, Mapping[str, int]]
    by_sentence: Mapping[int, Sequence[Draft]]


def holders(draft: Draft, role: Role) -> tuple[NamedActor, ...]:
    """Who has a role in an event."""
    return draft.actor1 if role == "actor1" else draft.actor2


def _other(role: Role) -> Role:
    return "actor2" if role == "actor1" else "actor1"


def camps_of(actors: Sequence[NamedActor]) -> frozenset[str]:
    """The camps of actors."""
    return frozenset([a.actor.camp for a in actors])


@quick
@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who is named in a sentence of an event (`here`) or next to it, with the facts that do not depend on the role."""

    mention: Mention[Actor]
    here: bool
    facts: tuple[str, ...]


def named_for(draft: Draft, scenes: Mapping[int, Scene], company: Company, sides: Sides) -> list[Named]:
    """Those who bear arms or make a crowd and are named in the sentence of an event, where it is told again, and next to it.

    `scenes` holds the article's by the number of their sentence.
    """
    out, own = [], (draft.sentence, *(m.sentence for m in draft.merged))
    for number in dict.fromkeys((*own, *(draft.sentence + n for n in AROUND))):
        scene = scenes.get(number)
        for m in scene.actors if scene is not None else ():
            if scene is not None and may_act(m.value):
                tell = in_sentence if number == draft.sentence else elsewhere_named
                facts = (*tell(scene, draft, m, company), *_kind(m, draft), *_home(m, draft, sides))
                out.append(Named(m, number in own, facts))
    return out


def candidates(
    draft: Draft, role: Role, named: Sequence[Named], others: Elsewhere, scene: Scene | None, sides: Sides
) -> list[Candidate]:
    """All who may fill a role of an event: those `named_for` it, whom the rules understand, civilians where people are told
    of, and nobody, who always stands last. `scene` is that of its sentence.
    """
    held, opposite = holders(draft, role), camps_of(holders(draft, _other(role)))
    spans = {a.span for a in held if a.span is not None}
    found, told = [], _Told(draft, role, opposite, others, sides)
    for one in named:
        m = one.mention
        more = told.of(m.value.camp)
        ruled = m.span in spans
        mark = _ruled(draft, role, "named") if ruled else _ruled_camp(m.value.camp, held, draft, role)
        found.append(Candidate(NamedActor(m.value, m.span), (*one.facts, *more, *mark), ruled, m, one.here))
    if held and not any(c.by_rule for c in found):
        for actor in held:
            facts = ("understood", f"kind={actor.actor.kind}", *_ruled(draft, role, "understood"))
            facts += told.of(actor.actor.camp)
            found.append(Candidate(actor, facts, by_rule=True))
    if "civilians" not in {c.camp for c in found} and _people_told(draft, scene):
        found.append(Candidate(NamedActor(sides.civilians, None), (*_people(draft, scene), *told.of("civilians"))))
    return [*found, Candidate(None, _nobody(draft, role, scene, others), by_rule=not held)]


def may_act(actor: Actor) -> bool:
    """Whether somebody is one who does or suffers things: who bears arms, or a crowd."""
    return armed(actor) or actor.kind in CROWDS


def _kind(m: Mention[Actor], draft: Draft) -> tuple[str, ...]:
    actor, where = m.value, "here" if m.sentence == draft.sentence else "elsewhere"
    return (
        f"kind={actor.kind}", f"kind={actor.kind}|{family(draft)}", f"found={m.rule}",
        f"generic={actor.generic}|{where}", f"unknown={actor.camp == 'unknown'}",
    )  # fmt: skip


def at_home(actor: Actor, draft: Draft, sides: Sides) -> bool | None:
    """Whether an event lies in the country that a party is of; None where either is not known."""
    country = sides.countries.get(actor.id)
    place = draft.place.place.country if draft.place is not None else None
    return None if country is None or place is None else country == place


def _home(m: Mention[Actor], draft: Draft, sides: Sides) -> tuple[str, ...]:
    home = at_home(m.value, draft, sides)
    return () if home is None else (f"home={home}", f"home={home}|{family(draft)}", f"home={home}|{m.value.kind}")


def family(draft: Draft) -> str:
    """The type of an event, all that kill from afar being one."""
    return "remote" if draft.type in REMOTE else draft.type


def _rule(draft: Draft, role: Role) -> str:
    """The rule that named who has a role."""
    rule = next((w.rule for w in draft.why if w.field == role), "those harmed")
    return "subject of a verb" if rule.startswith("subject of ") else rule


def _ruled(draft: Draft, role: Role, how: str) -> tuple[str, ...]:
    rule = _rule(draft, role)
    return "by rule", f"by rule|{rule}", f"by rule|{draft.frame}", f"{how}|{rule}", f"{how}|{rule}|{draft.frame}"


def _ruled_camp(camp: str, held: Sequence[NamedActor], draft: Draft, role: Role) -> tuple[str, ...]:
    return ("camp by rule", f"camp by rule|{_rule(draft, role)}") if camp in camps_of(held) else ()


@dataclass(slots=True)
class _Told:
    """What is told of each camp, kept while the candidates of one role are gathered: several may be of one camp."""

    draft: Draft
    role: Role
    opposite: frozenset[str]
    others: Elsewhere
    sides: Sides
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, camp: str) -> tuple[str, ...]:
        """The facts of a camp."""
        facts = self._known.get(camp)
        if facts is None:
            facts = tuple(_told_of(camp, self.draft, self.role, self.opposite, self.others, self.sides))
            self._known[camp] = facts
        return facts


def _told_of(
    camp: str, draft: Draft, role: Role, opposite: frozenset[str], others: Elsewhere, sides: Sides
) -> Iterator[str]:
    """What the other side of an event and the other events of the article say of a camp."""
    if camp in opposite:
        yield from ("has the other role", f"has the other role|{draft.frame}")
        yield f"has the other role|{_rule(draft, _other(role))}"
    elif opposite - {"unknown", "civilians"}:
        ally = any(sides.one_side(camp, other) for other in opposite)
        yield "of the other side" if ally else "against the other side"
    if camp in others.before[0]:
        yield from ("event before", f"event before|{draft.frame}", f"event before|apart={others.apart}")
        yield f"event before|same={others.same_type}"
    if camp in others.before[1]:
        yield from ("other role before", f"other role before|{draft.frame}")
    if camp in others.after[0]:
        yield "event after"
    if camp in others.after[1]:
        yield "other role after"
    if camp in others.beside:
        yield from ("event beside", f"event beside|{draft.frame}")
    if camp in others.kin:
        yield KIN
    if camp in others.alike:
        yield from ("same type", f"same type|{family(draft)}")
    total = sum(others.often.values())
    if total:
        yield f"share={SHARES * others.often.get(camp, 0) // total}"
    if draft.type == "Air/drone strike":
        yield f"flies={camp in sides.bombers}"


def _people_told(draft: Draft, scene: Scene | None) -> bool:
    return bool(draft.tolls or draft.target or (scene is not None and scene.people))


def _people(draft: Draft, scene: Scene | None) -> tuple[str, ...]:
    """The facts of civilians whom no word names, where the dead, a school or people are told of."""
    toll, target = _harm(draft)
    people = scene is not None and bool(scene.people)
    return (
        "civilians", f"civilians|{draft.type}", f"civilians|{draft.frame}", f"civilians|{toll}", f"civilians|{target}",
        f"civilians|people={people}", "kind=civilians",
    )  # fmt: skip


def _harm(draft: Draft) -> tuple[str, str]:
    who = "+".join(sorted({t.who for t in draft.tolls}))
    return f"toll={who}", f"target={draft.target.kind if draft.target is not None else ''}"


def _nobody(draft: Draft, role: Role, scene: Scene | None, others: Elsewhere) -> tuple[str, ...]:
    """The facts that speak for naming nobody."""
    toll, target = _harm(draft)
    parties = {m.value.camp for m in scene.actors if armed(m.value)} if scene is not None else set()
    facts = (
        "nobody", f"nobody|{draft.type}", f"nobody|{draft.frame}", f"nobody|{draft.frame}|{draft.tense}",
        f"nobody|parties={min(len(parties), 3)}", f"nobody|{draft.frame}|here={min(_here(draft, scene), 2)}",
        f"nobody|definite={draft.definite}", f"nobody|{draft.trigger.id}", f"nobody|title={draft.in_title}",
        f"nobody|elsewhere={min(len(others.often), 3)}", f"nobody|{toll}", f"nobody|{target}",
    )  # fmt: skip
    if holders(draft, role):
        return facts
    return (*facts, "none by rule", f"none by rule|{draft.frame}", f"none by rule|{draft.trigger.id}")


def _here(draft: Draft, scene: Scene | None) -> int:
    """How many camps the clause of an event names."""
    if scene is None:
        return 0
    clause = scene.clause_at(draft.first)
    return len({m.value.camp for m in scene.actors if armed(m.value) and clause.start <= m.first < clause.end})


def cast_of(drafts: Sequence[Draft], role: Role) -> Cast:
    """Whom the rules name in a role for the events of an article, in their order; gathered once for all of them."""
    every: Counter[str] = Counter()
    by_type: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_sentence: defaultdict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        camps = camps_of(holders(draft, role))
        every.update(camps - {"unknown"})
        by_type[draft.type].update(camps)
        by_sentence[draft.sentence].append(draft)
    return Cast(tuple(drafts), role, every, by_type, by_sentence)


def elsewhere(cast: Cast, number: int) -> Elsewhere:
    """What the rules say of the other events of an article, for the event at a place of their order."""
    drafts, role = cast.drafts, cast.role
    draft, own = drafts[number], camps_of(holders(drafts[number], role))
    before = drafts[number - 1] if number else None
    after = drafts[number + 1] if number + 1 < len(drafts) else None
    near = [d for d in cast.by_sentence[draft.sentence] if d is not draft]
    often = {camp: n - (camp in own) for camp, n in cast.every.items()}
    return Elsewhere(
        before=_both(before, role),
        after=_both(after, role),
        beside=frozenset().union(*(camps_of(holders(d, role)) for d in near)),
        kin=frozenset().union(*(camps_of(holders(d, role)) for d in near if _kin(d, draft))),
        alike=frozenset(camp for camp, n in cast.by_type[draft.type].items() if n > (camp in own)),
        often={camp: n for camp, n in often.items() if n},
        apart=min(draft.sentence - before.sentence, 3) if before is not None else 3,
        same_type=before is not None and before.type == draft.type,
    )


def _kin(one: Draft, two: Draft) -> bool:
    """Whether an event is told as another of the type of one before it ("وغارة أخرى"): then whoever did the one did the other."""
    return one.type == two.type and two.another and one.first < two.first


def _both(draft: Draft | None, role: Role) -> tuple[frozenset[str], frozenset[str]]:
    if draft is None:
        return frozenset(), frozenset()
    return camps_of(holders(draft, role)), camps_of(holders(draft, _other(role)))
