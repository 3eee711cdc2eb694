"""Taking private persons out of what is exported: out of evidence, sources, the accused, titles, labels and addresses."""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from waqai.exports.facts import ArticleFacts, Happening, Telling
from waqai.exports.scrubbing import MARK, Scrubber, folded_words
from waqai.knowledge.redaction import RedactionKnowledge
from waqai.model.incident import Grading, Incident, Version, Voice
from waqai.model.mention import Source
from waqai.model.report import Claim, NamedActor, NamedSource, Report, Target
from waqai.model.text import Span

V = TypeVar("V", covariant=True)
_PARTING = re.compile(r"[-/+._=&?@:~,;]+")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words to take out of one article, and those to keep because they name a place or an actor."""

    names: frozenset[str]
    kept: frozenset[str]


class Redactor:
    """Makes incidents and reports without private persons. `persons` below are the names found in an article's whole text."""

    def __init__(self, known: RedactionKnowledge) -> None:
        self._known = known
        self._scrubber = Scrubber(known)

    def telling(self, telling: Telling, persons: frozenset[str] = frozenset()) -> Telling:
        """A report without private persons, and its article's title, label and address too."""
        words = self._words((telling.report,), persons)
        return Telling(self._report(telling.report, words), self._article(telling.article, words), telling.incident)

    def happening(self, happening: Happening, persons: Mapping[str, frozenset[str]]) -> Happening:
        """An incident without private persons; `persons` are the names by the key of the article."""
        everybody = frozenset(name for names in persons.values() for name in names)
        words = self._words(happening.reports, everybody, happening.incident)
        return Happening(
            self._incident(happening.incident, words),
            tuple(self._report(report, words) for report in happening.reports),
            {key: self._article(article, words) for key, article in happening.articles.items()},
        )

    def article(self, article: ArticleFacts, persons: frozenset[str] = frozenset()) -> ArticleFacts:
        """An article's title, label, outlet and address without private persons."""
        return self._article(article, self._words((), persons))

    def words(self, text: str, persons: Iterable[str] = ()) -> str:
        """Words with a mark in the place of each name of a person."""
        return self._scrubber.scrub(text, self._scrubber.names(persons))

    def spells(self, label: str) -> bool:
        """Whether a label or an address names somebody, also written together, in Latin letters or with signs between."""
        return self._spells(label, _Words(frozenset(), frozenset()))

    def _words(self, reports: tuple[Report, ...], persons: frozenset[str], incident: Incident | None = None) -> _Words:
        sources = [named.source for r in reports for claim in r.claims for named in claim.chain]
        sources += [voice.source for voice in incident.voices] if incident else []
        private = [name for s in sources if self._private(s) for name in (s.name_ar, s.name_en)]
        actors = [named.actor for r in reports for named in (*r.actor1, *r.actor2)]
        places = [report.place.place for report in reports if report.place]
        kept = folded_words(
            [
                *(a.name_ar for a in actors),
                *(a.name_en for a in actors),
                *(p.name_ar for p in places),
                *(p.name_en for p in places),
            ]
        )
        names = self._scrubber.names([*persons, *private])
        return _Words(names, kept - names)

    def _private(self, source: Source) -> bool:
        """Whether a source is a person with a name: "شهود عيان" is nobody's name, "الشاهد أحمد حسن" is."""
        if source.kind == "person":
            return True
        if source.kind not in self._known.kinds:
            return False
        shown = source.name_ar or source.name_en
        return self._scrubber.scrub(shown) != shown or self._scrubber.scrub(source.name_en) != source.name_en

    def source(self, source: Source) -> Source:
        """The source, or only its kind when it is a private person.

        >>> from waqai.knowledge.files import load_files
        >>> from waqai.knowledge.redaction import load_redaction
        >>> Redactor(load_redaction(load_files())).source(Source("Ahmad Hassan", "الشاهد أحمد حسن", "witness"))
        Source(name_en='a witness', name_ar='[…]', kind='witness')
        """
        return Source(self._known.kinds[source.kind], MARK, source.kind) if self._private(source) else source

    def _text(self, text: str, words: _Words) -> str:
        return self._scrubber.scrub(text, words.names, words.kept)

    def _span(self, span: Span | None, words: _Words) -> Span | None:
        return None if span is None else replace(span, text=self._text(span.text, words))

    def _named(self, actors: tuple[NamedActor, ...], words: _Words) -> tuple[NamedActor, ...]:
        return tuple(replace(named, span=self._span(named.span, words)) for named in actors)

    def _report(self, report: Report, words: _Words) -> Report:
        place, date, target = report.place, report.date, report.target
        return replace(
            report,
            doc_id=self._label(report.doc_id, report.article_key, words),
            actor1=self._named(report.actor1, words),
            actor2=self._named(report.actor2, words),
            target=Target(target.kind, self._kept_span(target.span, words)) if target else None,
            place=replace(place, span=self._span(place.span, words)) if place else None,
            date=replace(date, span=self._span(date.span, words)) if date else None,
            casualties=tuple(replace(toll, span=self._kept_span(toll.span, words)) for toll in report.casualties),
            claims=tuple(self._claim(claim, words) for claim in report.claims),
            evidence=self._kept_span(report.evidence, words),
            why=(),
        )

    def _kept_span(self, span: Span, words: _Words) -> Span:
        return replace(span, text=self._text(span.text, words))

    def _claim(self, claim: Claim, words: _Words) -> Claim:
        chain = tuple(self._quoted(named, words) for named in claim.chain)
        return Claim(chain, claim.stance, self._named(claim.blames, words))

    def _quoted(self, named: NamedSource, words: _Words) -> NamedSource:
        if self._private(named.source):
            span = replace(named.span, text=MARK) if named.span else None
            return NamedSource(self.source(named.source), span)
        return NamedSource(named.source, self._span(named.span, words))

    def _label(self, doc_id: str, key: str, words: _Words) -> str:
        return key[:12] if self._spells(doc_id, words) else doc_id

    def _article(self, article: ArticleFacts, words: _Words) -> ArticleFacts:
        outlet = article.outlet
        if outlet and self._text(outlet, words) != outlet:
            outlet = MARK
        return replace(
            article,
            doc_id=self._label(article.doc_id, article.key, words),
            title=self._text(article.title, words),
            outlet=outlet,
            url=self._url(article.url, words),
        )

    def _url(self, url: str | None, words: _Words) -> str | None:
        """The address; only its host when the rest spells a name, in Arabic or in Latin letters, or a telephone number; nothing
        of it when its host does."""
        if url is None or not self._spells(url, words):
            return url
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return None
        return None if self._spells(host, words) else f"{parts.scheme}://{host}/"

    def _spells(self, address: str, words: _Words) -> bool:
        """Whether a part of an address names somebody."""
        plain = _PARTING.sub(" ", unquote(address))
        return any(
            self._text(form, words) != form for form in (plain, plain.title())
        ) or self._scrubber.spelled_together(plain)

    def _incident(self, incident: Incident, words: _Words) -> Incident:
        keys: dict[str, str] = {}
        english = []
        outlets = {ref.outlet for ref in incident.reports if ref.outlet and self._text(ref.outlet, words) != ref.outlet}
        for number, voice in enumerate(incident.voices, 1):
            private = self._private(voice.source) or _speaks_for(voice, outlets)
            keys[voice.key] = f"{voice.source.kind} {number}" if private else voice.key
            english += [voice.source.name_en] if private and voice.source.name_en else []
        grading = incident.grading
        if grading:
            person = None if grading.person is None else "a person"
            grading = Grading(grading.grade, self._reason(grading.reason, english, words), person)
        return replace(
            incident,
            voices=tuple(
                replace(
                    v, key=keys[v.key], source=self._voiced(v, outlets), counts_as=v.counts_as and keys[v.counts_as]
                )
                for v in incident.voices
            ),
            grading=grading,
            merges=tuple(
                replace(merge, reasons=tuple(self._reason(reason, english, words) for reason in merge.reasons))
                for merge in incident.merges
            ),
            reports=tuple(
                replace(
                    ref,
                    doc_id=self._label(ref.doc_id, ref.article_key, words),
                    outlet=MARK if ref.outlet and self._text(ref.outlet, words) != ref.outlet else ref.outlet,
                )
                for ref in incident.reports
            ),
            sub_event_types=_keyed(incident.sub_event_types, keys),
            modalities=_keyed(incident.modalities, keys),
            actors1=_keyed(incident.actors1, keys),
            actors2=_keyed(incident.actors2, keys),
            targets=_keyed(incident.targets, keys),
            weapons=_keyed(incident.weapons, keys),
            places=_keyed(incident.places, keys),
            dates=_keyed(incident.dates, keys),
            tolls=_keyed(incident.tolls, keys),
            blamed=_keyed(incident.blamed, keys),
        )

    def _voiced(self, voice: Voice, outlets: Set[str]) -> Source:
        """The source of a voice, without the name of an outlet that is a person's."""
        source = voice.source
        if _speaks_for(voice, outlets) and not self._private(source):
            return Source(self._known.kinds.get(source.kind, source.kind), MARK, source.kind)
        return self.source(source)

    def _reason(self, reason: str, english: list[str], words: _Words) -> str:
        for name in english:
            reason = reason.replace(name, MARK)
        return self._text(reason, words)


def _speaks_for(voice: Voice, outlets: Set[str]) -> bool:
    """Whether a voice is one of these outlets, or somebody without a name whom it quotes."""
    names = (voice.key, voice.source.name_ar, voice.source.name_en)
    return any(outlet in name for outlet in outlets for name in names)


def _keyed(versions: tuple[Version[V], ...], keys: Mapping[str, str]) -> tuple[Version[V], ...]:
    return tuple(replace(version, voices=tuple(keys.get(key, key) for key in version.voices)) for version in versions)
