"""A chosen unit -> the sentence a chart holds, or None where no such sentence can be made."""

import re

from medscribe.clinical.drugs import find_drugs
from medscribe.note.composing.exam_wording import finding_wording, is_finding
from medscribe.note.composing.must_keep import must_keep
from medscribe.note.composing.plan_wording import announced, plan_wording
from medscribe.note.composing.salvage import without_speaker
from medscribe.note.composing.whole_sentence import readable, repaired, tells
from medscribe.note.reading.agreement import is_known_verb, past
from medscribe.note.reading.casing import decapitalised, sentence_case
from medscribe.note.reading.reported import (
    attributed,
    concerns_both,
    patient_beside,
    told_by_companion,
)
from medscribe.note.reading.small_talk import content_words, is_demographic, is_small_talk
from medscribe.note.reading.subject import Subject
from medscribe.note.reading.systems import symptoms_in
from medscribe.note.reading.third_person import about_patient, first_or_second_person
from medscribe.note.reading.units import Unit
from medscribe.note.rules import load_pattern, load_rules, reworded

_OWN_SEX = re.compile(
    r"\A(?P<age>\d{1,3}),? (?:and )?i am an? (?P<sex>male|female|man|woman)\b", re.IGNORECASE
)
# The clinician's examples: "smoking tobacco, drinking alcohol or using marijuana."
_LISTED = re.compile(r"(?:[a-z]+ing|like|such as|any|or)\b", re.IGNORECASE)
_TORN = re.compile(r"(?:from|of|to|about|than|with|which|as|by|into|until)\b", re.IGNORECASE)
_FAMILY_WE = re.compile(r"\b(we|us|our|ours)\b", re.IGNORECASE)
_WE_FORMS = {"we": "they", "us": "them", "our": "their", "ours": "theirs"}
# The clinician who writes the note may stay in the plan.
_CLINICIAN = re.compile(r"\b(?:i|we|me|us|my|our)\b", re.IGNORECASE)
_LETTER_I = re.compile(r"\bi\b(?!\.)")
# "did" that only stresses what was done.
_DID = re.compile(r"\b(?P<who>i|you|he|she|it|they) did (?P<verb>[a-z]+)\b")
_LEAST_CONTENT_WORDS = 2


def history_sentence(unit: Unit, subject: Subject) -> str | None:
    """History as told: "i have been coughing" -> "He has been coughing."; of a companion "Mother
    reports that the patient has been coughing." """
    sentence = _history(unit, subject)
    return attributed(sentence, unit.reporter) if sentence and unit.reporter else sentence


def _history(unit: Unit, subject: Subject) -> str | None:
    text = _OWN_SEX.sub(r"i am a \g<age>-year-old \g<sex>", _without_lead(unit.text))
    if not _stands_alone(text, unit):
        return None
    if unit.pronouns in ("i", "they"):
        if load_pattern("history", "of_clinician").search(text):
            return None
        text = _FAMILY_WE.sub(lambda match: _WE_FORMS[match.group(1).lower()], text)
        if unit.pronouns == "i":
            text = load_pattern("history", "generic_you").sub(r"\g<opener> i", text)
        text = re.sub(r"\byour\b", "the", text) if "you " not in text else text
    if unit.pronouns in ("i", "they") and not _is_sentence(text):
        return None
    return _finished(decapitalised(text), unit, subject)


def _stands_alone(text: str, unit: Unit) -> bool:
    """Whether words are more than the rest of a sentence ("from the, from having issues") or the
    clinician's echo of an answer ("a couple of times a month, okay")."""
    if unit.fused:
        return True
    verb = load_pattern("history", "verb").search(text)
    if unit.pronouns == "you" and not verb and not find_drugs(text):
        return False
    listed = unit.pronouns == "you" and _LISTED.match(text)
    if not listed and not _TORN.match(text):
        return True
    return bool(load_pattern("history", "finite").search(text))


def _without_lead(text: str) -> str:
    lead = load_pattern("history", "lead")
    while match := lead.match(text):
        if match.end() in (0, len(text)):
            break
        text = text[match.end() :]
    return text


def _is_sentence(text: str) -> bool:
    """Whether words of a patient stand on their own: with a verb, a number or a symptom."""
    verb = load_pattern("history", "verb").search(text)
    return bool(verb or symptoms_in(text))


def finding_sentence(unit: Unit, subject: Subject) -> str | None:
    """A finding of the examination or a result, as charted."""
    text = finding_wording(decapitalised(unit.text))
    return _finished(text, unit, subject, finding=is_finding(text))


def plan_sentence(text: str, unit: Unit, subject: Subject) -> str | None:
    """A plan or an assessment: "i am going to order an x-ray" -> "Order an x-ray." """
    if unit.pronouns != "you":
        # Nobody but the clinician orders tests: the speaker was taken for the patient.
        ordered = load_pattern("plan", "ordered").search(text) and not unit.reporter
        return _finished(plan_wording(text) if ordered else text, unit, subject)
    said = decapitalised(text)
    text = plan_wording(said)
    finished = _finished(text, unit, subject, spoken=said)
    if finished or must_keep(unit) is None:
        return finished
    return _finished(text, unit, subject, spoken=said, sure=True)


def _finished(
    text: str,
    unit: Unit,
    subject: Subject,
    *,
    spoken: str = "",
    sure: bool = False,
    finding: bool = False,
) -> str | None:
    """`sure` of a text that has to stay: nothing in it makes small talk of it, and the clinician
    may speak in it. `spoken`: the words of a plan, which tell who does it. `finding`: words need
    no verb to be one."""
    if any(is_demographic(passage.said) for passage in unit.passages):
        return None
    no_sentence = load_pattern("history", "no_sentence").search(text)
    if not sure and (is_small_talk(text) or no_sentence):
        return None
    if load_pattern("register", "to_device").search(text):
        return None
    text = _DID.sub(_plain_past, text)
    if unit.pronouns == "you" and not unit.fused and _CLINICIAN.search(text):
        text = without_speaker(text)
    text = _in_third_person(reworded(text, load_rules("register")), unit, subject)
    text = load_pattern("history", "dangling").sub("", text.strip(" ,.;:-"))
    if not subject.known:
        text = without_repeated_subject(text)
    text = repaired(text)
    if not sure and load_pattern("register", "chatter").search(text):
        return None
    text = text if sure or finding else readable(text)
    left = _CLINICIAN.sub("", text) if sure else text
    enough = len(content_words(text)) >= _LEAST_CONTENT_WORDS or tells(text)
    if not text or first_or_second_person(left) or not enough:
        return None
    return _LETTER_I.sub("I", sentence_case(announced(spoken, text))) + "."


def _plain_past(match: re.Match[str]) -> str:
    """ "i did get the booster" -> "i got the booster"; "did not" stays."""
    verb = match["verb"]
    known = is_known_verb(verb) and verb != "not"
    return f"{match['who']} {past(verb)}" if known else match.group()


def _in_third_person(text: str, unit: Unit, subject: Subject) -> str:
    """`text` with patient and companion as people one writes about."""
    if unit.reporter and unit.pronouns == "they":
        return told_by_companion(text, unit.reporter, subject)
    if unit.reporter:
        subject = patient_beside(unit.reporter, subject)
    if unit.listener and concerns_both(text, subject):
        return about_patient(text, pronouns="you", subject=unit.listener.by_name)
    return about_patient(text, pronouns=unit.pronouns, subject=subject)


def without_repeated_subject(text: str) -> str:
    """ "the patient has pain and the patient takes the patient's pills" -> "the patient has pain
    and takes the pills": said once is enough."""
    first = text.find("the patient")
    if first < 0:
        return text
    at = first + len(
        "the patient's " if text[first:].startswith("the patient's") else "the patient"
    )
    rest = re.sub(r"(\b(?:and|but|or),?) the patient(?!')\b", r"\1", text[at:])
    kin = r"(?:mother|father|wife|husband|son|daughter|brother|sister|mom|dad|family|doctor)"
    rest = re.sub(rf"\bthe patient's (?!{kin})", "the ", rest)
    return text[:at] + rest
