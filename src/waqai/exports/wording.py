"""Short English sentences made of coded facts. What is claimed is written as claimed."""

import datetime as dt
from collections.abc import Iterable, Sequence

from waqai.exports.facts import Happening
from waqai.exports.parties import name_of
from waqai.model.incident import Incident, Toll, Voice
from waqai.model.mention import Actor, DateRange, Place, Source

NOBODY = "a source that is not named"


def source_name(source: Source) -> str:
    """The English name of a source, the Arabic one where there is none."""
    return source.name_en or source.name_ar


def listed(names: Iterable[str]) -> str:
    """Names in a row, each once.

    >>> listed(["Reuters", "AFP", "Reuters", "SOHR"])
    'Reuters, AFP and SOHR'
    """
    row = [name for name in dict.fromkeys(names) if name]
    return " and ".join([", ".join(row[:-1]), row[-1]] if len(row) > 1 else row)


def day_words(date: DateRange) -> str:
    """A day or a span of days.

    >>> day_words(DateRange(dt.date(2015, 10, 30), dt.date(2015, 10, 31), 2, "published"))
    'between 30 October 2015 and 31 October 2015'
    """
    if date.start is None:
        return "on a day that is not told"
    if date.end is None or date.end == date.start:
        return f"on {_day(date.start)}"
    return f"between {_day(date.start)} and {_day(date.end)}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def toll_words(toll: Toll) -> str:
    """A reconciled number with its ends.

    >>> toll_words(Toll(3, 5, 12)), toll_words(Toll(3, None, None)), toll_words(Toll(4, 4, 4))
    ('3 to 12 (best supported: 5)', 'at least 3', '4')
    """
    if toll.high is None:
        said = f"at least {toll.low}"
    elif toll.high == toll.low:
        return str(toll.low)
    else:
        said = f"{toll.low} to {toll.high}"
    return said if toll.best is None or toll.best == toll.low == toll.high else f"{said} (best supported: {toll.best})"


def place_words(place: Place) -> str:
    """A place with how it stands to the one named, and its governorate."""
    name = place.name_en or place.name_ar
    shown = f"{place.relation} {name}" if place.relation else name
    return f"{shown} ({place.governorate})" if place.governorate and place.governorate != name else shown


def deniers(incident: Incident) -> tuple[Voice, ...]:
    """The voices that deny."""
    return tuple(voice for voice in incident.voices if "denies" in voice.stance)


def doubters(incident: Incident) -> tuple[Voice, ...]:
    """The voices that doubt."""
    return tuple(voice for voice in incident.voices if "doubts" in voice.stance)


def asserters(incident: Incident) -> tuple[Voice, ...]:
    """The voices that say it happened."""
    return tuple(voice for voice in incident.voices if "asserts" in voice.stance)


def notes_of(happening: Happening) -> str:
    """What the sources say of an incident, sentence by sentence: the happening, tolls, blame, denials, grade."""
    incident = happening.incident
    voices = listed(source_name(voice.source) for voice in asserters(incident) or incident.voices)
    parts = [f"According to {voices or NOBODY}: {_event(incident)}."]
    parts += [_toll(name, toll, incident) for name, toll in _tolls(incident) if toll is not None]
    if incident.target:
        parts.append(f"Target: {incident.target}.")
    if incident.weapon:
        parts.append(f"Weapon: {incident.weapon}.")
    parts += [_blame(incident, version.value, version.voices) for version in incident.blamed]
    if incident.disputed:
        parts.append(_dispute(incident))
    if incident.grading:
        state = "" if incident.grading.person else " (suggested, not confirmed by a person)"
        parts.append(f"Grade: {incident.grading.grade}{state}.")
    if happening.synthetic:
        parts.append("Synthetic: the article was made up.")
    return " ".join(parts)


def _dispute(incident: Incident) -> str:
    """Who denies and who doubts; who tells it in one place and denies it in another stands among both."""
    told = {"denied": deniers(incident), "doubted": doubters(incident)}
    said = [f"{word} by {listed(source_name(v.source) for v in voices)}" for word, voices in told.items() if voices]
    return f"Disputed: {'; '.join(said) or 'denied or doubted'}."


def _tolls(incident: Incident) -> Sequence[tuple[str, Toll | None]]:
    return (
        ("Killed", incident.killed),
        ("Civilians among the killed", incident.civilians_killed),
        ("Injured", incident.injured),
    )


def _toll(name: str, toll: Toll, incident: Incident) -> str:
    return f"{name}, as reported: {toll_words(toll)}." if incident.disputed else f"{name}: {toll_words(toll)}."


def _event(incident: Incident) -> str:
    told = {
        "happened": "",
        "attempted": " (attempted)",
        "planned": " (planned, not told as happened)",
        "denied": " (denied)",
    }
    kind = "Other event" if incident.sub_event_type == "Other" else incident.sub_event_type
    said = f"{kind}{told[incident.modality]}"
    if incident.actor1:
        said += f" by {listed(map(name_of, incident.actor1))}"
    if incident.actor2:
        said += f" involving {listed(map(name_of, incident.actor2))}"
    if incident.place:
        said += f" at {place_words(incident.place)}"
    if incident.date:
        said += f", {day_words(incident.date)}"
    return said


def _blame(incident: Incident, actor: Actor, keys: Sequence[str]) -> str:
    voices = listed(source_name(voice.source) for voice in incident.voices if voice.key in keys)
    return f"{voices or 'A source'} {'blame' if len(keys) > 1 else 'blames'} {name_of(actor)}."
