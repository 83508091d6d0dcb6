"""The sentences of a visit -> stated allergies with reactions, or that there are none known."""

import re
from collections.abc import Sequence

from medscribe.clinical.allergens import Substance, find_substances, is_material
from medscribe.domain.note import Evidence
from medscribe.note.prescribing.allergy_findings import AllergyFindings, StatedAllergy
from medscribe.note.prescribing.answers import polarity, replies_to
from medscribe.note.prescribing.own_use import reacts_oneself
from medscribe.note.prescribing.sentences import Sentence

_TO = re.compile(
    r"\b(?:allerg(?:ic|y|ies) (?:to|are|is|include[sd]?|of)|allergies:|(?:bad |severe |allergic |"
    r"anaphylactic )reactions? to|anaphylaxis (?:to|from))\b:?",
    re.IGNORECASE,
)
_AS_NOUN = re.compile(r"\A[\s-]allerg(?:y|ies)\b", re.IGNORECASE)
_CAUSES = re.compile(
    r"\A (?:always |just |really )?(?:gives?|gave|makes?|made|causes?|caused) "
    r"(?:me|my|him|his|her|the patient)\b",
    re.I,
)
_AFTER_TAKING = re.compile(
    r"\b(?:with|from|to|cannot (?:take|have|tolerate|do))(?: the| any)? \Z", re.IGNORECASE
)
_CANNOT_TAKE = re.compile(
    r"\b(?:i|he|she|the patient) cannot (?:take|have|tolerate|do)(?: the| any)? \Z", re.IGNORECASE
)
_REACTION = re.compile(
    r"\b(?:(?:terrible |bad |severe |an? |full[- ]body )*(?:hives|rash(?:es)?|itch(?:ing|y|es|ed)?|"
    r"swelling|swells?(?: up)?|swollen|anaphyla\w+|throat (?:closes?(?: up)?|closing|swells?|"
    r"swelling)|"
    r"(?:trouble|difficulty) breathing|shortness of breath|cannot breathe|(?:breaks?|breaking|"
    r"broke)"
    r"(?: me)? out(?: in (?:hives|a rash))?|nausea|nauseous|vomit(?:ing|s)?|throw(?:ing)? up|"
    r"upset stomach|stomach upset|diarrhea|dizz(?:y|iness)|wheez(?:e|ing)|blisters?|welts|"
    r"(?<=makes me )sick|(?<=made me )sick|hallucinat\w+|a cough|coughing|lip swelling|"
    r"facial swelling))\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\ballerg(?:y|ies|ic)\b", re.IGNORECASE)
_ASKED_REACTION = re.compile(
    r"\breactions? to (?:any(?:thing)?|an?|medic\w+|drugs?)\b(?: other)?"
    r"(?: (?:medic\w+|drugs?|antibiotics?))?\W*\Z",
    re.IGNORECASE,
)
_NOT_OF_DRUGS = re.compile(
    r"\b(?:allergy test|allergy shot|been allergy|seasonal|season|pollen|"
    r"hay fever|environmental|acting up|bother|how are|how is|how has|"
    r"flar|cough|sneez|with all the|your allergies (?:been|doing|have)|nasal)\b",
    re.IGNORECASE,
)
_NONE_KNOWN = re.compile(
    r"\b(?:nkda|nka|no (?:known )?(?:drug |medication |medicine |food |other )*allergies|"
    r"not allergic to (?:anything|any)|(?:do not|does not) have any (?:\w+ )?allergies|"
    r"denies (?:any |having )?(?:known )?(?:drug |medication )?allergies|allergies:? none|"
    r"never been allergic to any)",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|no|never|nobody|without|denies|if (?:you|he|she)(?: are)?)\b"
                      r"(?: \w+){0,3} ?\Z", re.IGNORECASE)  # fmt: skip
_NONE_EXCEPT = re.compile(
    r"\b(?:no (?:\w+ ){0,3}allergies|not allergic to any\w*(?: \w+){0,2}?|not have any (?:\w+ )?"
    r"allergies)(?: (?:to|that|i|know|of|medications?|medicines?|drugs?))*,? "
    r"(?:except|other than|besides|but|apart from|aside from|just)(?: for| to)?(?: the)? ",
    re.IGNORECASE,
)
_ONCE_BELIEVED = re.compile(r"\b(?:used to (?:think|believe)|(?:always )?thought)\b", re.IGNORECASE)
_PROVED_WRONG = re.compile(
    r"\bbut\b.*\b(?:i am|he is|she is|i was|it was|that was) not\b(?! (?:sure|certain))",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:my|his|her|your) (?:\w+ )?(?:mother|mom|father|dad|brother|sister|wife|husband|son|"
    r"daughter|child|kids?|grand\w+|aunt|uncle|cousin|friend|twin)\b",
    re.IGNORECASE,
)
_ENDS_LIST = re.compile(
    r"[.;?]|\b(?:but|because|so|i get|i got|it|which|that|when|he|she|they|i (?!am allergic))\b",
    re.I,
)
_ASKS_REACTION = re.compile(
    r"\b(?:what happen\w*|what kind of reaction|what reaction|what (?:does|did) it|"
    r"reaction)\b",
    re.I,
)
_TOLD_ALLERGIC = r"\b(?:you are|you're|she is|he is|the patient is) allergic\b"
_REACH = 5


def allergies_in(sentences: Sequence[Sentence]) -> AllergyFindings:
    """What the sentences say of allergies, in order."""
    findings = AllergyFindings()
    for at, sentence in enumerate(sentences):
        for substance, evidence in _stated_at(sentences, at, findings):
            reaction, proof = _reaction_near(sentences, at, substance)
            findings.stated.append(
                StatedAllergy(sentence.position, substance, reaction, (*evidence, *proof))
            )
        none = _NONE_KNOWN.search(sentence.text)
        if none and not sentence.is_question and not reacts_oneself(sentence, *none.span()):
            findings.none_known.append((sentence.position, sentence.evidence()))
    return findings


def _stated_at(
    sentences: Sequence[Sentence], at: int, findings: AllergyFindings
) -> list[tuple[Substance, list[Evidence]]]:
    sentence = sentences[at]
    named = _named_as_allergens(sentence) or _not_tolerated(sentences, at)
    if named:
        findings.allergen_sentences.add(at)
        replies = replies_to(sentences, at) if sentence.text.rstrip().endswith("?") else []
        answer = polarity(replies[0].text) if replies else None
        if answer is False or (sentence.is_question and answer is None and _is_asked(sentence)):
            return []
        proof = [sentence.evidence(), *(reply.evidence() for reply in replies[:1] if answer)]
        return [(substance, proof) for substance in named]
    if _ASKED_REACTION.search(sentence.text) and sentence.is_question and sentence.by_clinician:
        return _answered(sentences, at, findings)
    if _ASKS_REACTION.search(sentence.text) and sentence.is_question:
        return _reaction_told(sentences, at, findings)
    if _ASKED.search(sentence.text) and sentence.is_question and sentence.by_clinician:
        return _answered(sentences, at, findings)
    return []


def _is_asked(sentence: Sentence) -> bool:
    """ "are you allergic to penicillin?" states nothing by itself; "you're allergic to it, right?"
    does."""
    return not re.search(_TOLD_ALLERGIC, sentence.text, re.I)


def _named_as_allergens(sentence: Sentence) -> list[Substance]:
    text = sentence.text
    substances = find_substances(text)
    found: list[Substance] = []
    lead = _TO.search(text)
    denied: list[Substance] = []
    exception = _NONE_EXCEPT.search(text)
    if exception and any(s.span.start == exception.end() for s in substances):
        found += _listed_from(substances, text, exception.end())
    elif lead:
        listed = _listed_from(substances, text, lead.end())
        before = text[: lead.start()]
        if _NEGATED.search(before) or _disproved(before, text[lead.end() :]):
            # "I'm not allergic to penicillin, but codeine makes me throw up."
            denied = listed
        else:
            found += listed
    for substance in substances:
        if substance in denied:
            continue
        before, after = text[: substance.span.start], text[substance.span.end :]
        reacts = bool(_REACTION.search(text))
        noun = _AS_NOUN.match(after) and not _NEGATED.search(before)
        # "a cough with the pollen" is a season, "latex gives me a rash" an allergy.
        taken = _AFTER_TAKING.search(before) and not is_material(substance.name)
        cause = reacts and (_CAUSES.match(after) or taken)
        if substance not in found and (noun or cause):
            found.append(substance)
    return [s for s in found if not _is_of_another(sentence, s)]


def _is_of_another(sentence: Sentence, substance: Substance) -> bool:
    span = substance.span
    of_kin = _OF_OTHERS.search(sentence.text[: span.start])
    return bool(of_kin) or reacts_oneself(sentence, span.start, span.end)


def _not_tolerated(sentences: Sequence[Sentence], at: int) -> list[Substance]:
    """ "I cannot take penicillin. I get hives.": the reaction is told in the next sentence."""
    sentence = sentences[at]
    following = sentences[at + 1] if at + 1 < len(sentences) else None
    if following is None or following.position != sentence.position or sentence.is_question:
        return []
    if _reaction(following.text) is None:
        return []
    text = sentence.text
    return [s for s in find_substances(text) if _CANNOT_TAKE.search(text[: s.span.start])]


def _listed_from(substances: Sequence[Substance], text: str, start: int) -> list[Substance]:
    """The substances of the list that begins at `start`."""
    end = _ENDS_LIST.search(text, start)
    limit = end.start() if end else len(text)
    return [s for s in substances if start <= s.span.start < limit]


def _disproved(before: str, after: str) -> bool:
    """ "I used to think I was allergic to it, but I was tested and I'm not." """
    return bool(_ONCE_BELIEVED.search(before) and _PROVED_WRONG.search(after))


def _answered(
    sentences: Sequence[Sentence], at: int, findings: AllergyFindings
) -> list[tuple[Substance, list[Evidence]]]:
    """What is answered to "any allergies to medications?"."""
    question = sentences[at]
    replies = replies_to(sentences, at)
    if not replies or _NOT_OF_DRUGS.search(question.text):
        return []
    reply = replies[0]
    substances = [
        s
        for part in replies[:2]
        for s in find_substances(part.text)
        if not reacts_oneself(part, s.span.start, s.span.end)
    ]
    if substances:
        indices = {sentences.index(part) for part in replies[:2]}
        findings.allergen_sentences |= indices
        return [(s, [question.evidence(), reply.evidence()]) for s in substances]
    if polarity(reply.text) is False:
        position = question.position
        findings.none_known += [(position, question.evidence()), (position, reply.evidence())]
    return []


def _reaction_told(
    sentences: Sequence[Sentence], at: int, findings: AllergyFindings
) -> list[tuple[Substance, list[Evidence]]]:
    """ "What happens when you take penicillin?" "I get hives": an allergy to penicillin."""
    replies = replies_to(sentences, at)
    substances = find_substances(sentences[at].text)
    if not substances or not replies or _reaction(replies[0].text) is None:
        return []
    findings.allergen_sentences.add(at)
    return [(s, [sentences[at].evidence(), replies[0].evidence()]) for s in substances]


def _reaction_near(
    sentences: Sequence[Sentence], at: int, substance: Substance
) -> tuple[str | None, list[Evidence]]:
    """The reaction in the sentence itself, in the rest of the talk of it, or in the answer to "what
    happens when you take it?"."""
    here = _reaction(sentences[at].text)
    if here:
        return here, []
    for later in range(at + 1, min(at + 1 + _REACH, len(sentences))):
        sentence = sentences[later]
        same = sentence.position <= sentences[at].position + 1
        asked = any(_ASKS_REACTION.search(s.text) for s in sentences[at:later])
        named = {s.name.lower() for s in find_substances(sentence.text)}
        of_it = not named or substance.name.lower() in named
        if (same or asked) and of_it and not sentence.is_question:
            reaction = _reaction(sentence.text)
            if reaction:
                return reaction, [sentence.evidence()]
    return None, []


def _reaction(text: str) -> str | None:
    matches = [m for m in _REACTION.finditer(text) if not _NEGATED.search(text[: m.start()])]
    if not matches:
        return None
    first, last = matches[0], matches[-1]
    if re.fullmatch(r"[\s,]*(?:and|or)?[\s,]*", text[first.end() : last.start()], re.IGNORECASE):
        return text[first.start() : last.end()].lower()
    return first.group().lower()
