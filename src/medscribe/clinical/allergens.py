"""Text -> substances that people are allergic to; an allergy and a drug -> why the two collide.

The classes are the textbook ones: beta-lactams that share a side chain (R1) cross-react,
penicillins as a family, sulfonamide antibiotics, NSAIDs through COX-1, macrolides, quinolones,
tetracyclines and the phenanthrene opioids. Written for MedScribe; no copyrighted list was used.
"""

import re
from functools import cache
from typing import NamedTuple

from medscribe.clinical.drugs import find_drugs, ingredients_of
from medscribe.domain.spans import TextSpan


class Substance(NamedTuple):
    """A substance named in a text: a drug, a class of drugs ("sulfa"), a food, a material.

    `ingredients` is () for what is no drug; `rxcui` None where there is no code.
    """

    name: str
    span: TextSpan
    ingredients: tuple[str, ...]
    rxcui: str | None


_PENICILLINS = (
    "penicillin", "penicillin g", "penicillin v", "amoxicillin", "ampicillin", "piperacillin",
    "nafcillin", "oxacillin", "dicloxacillin",
)  # fmt: skip
_CEPHALOSPORINS = (
    "cefaclor", "cefadroxil", "cefazolin", "cefdinir", "cefepime", "cefixime", "cefotaxime",
    "cefotetan", "cefoxitin", "cefpodoxime", "cefprozil", "ceftaroline", "ceftazidime",
    "ceftriaxone", "cefuroxime", "cephalexin",
)  # fmt: skip
_NSAIDS = (
    "aspirin", "ibuprofen", "naproxen", "diclofenac", "etodolac", "indomethacin", "ketorolac",
    "ketoprofen", "meloxicam", "nabumetone", "oxaprozin", "piroxicam", "sulindac", "flurbiprofen",
    "diflunisal", "mefenamate", "tolmetin", "salsalate", "fenoprofen",
)  # fmt: skip
CLASSES: dict[str, tuple[str, ...]] = {
    "penicillins": _PENICILLINS,
    "cephalosporins": _CEPHALOSPORINS,
    "sulfonamide antibiotics": (
        "sulfamethoxazole", "sulfadiazine", "sulfacetamide", "sulfasalazine", "sulfisoxazole",
    ),
    "NSAIDs": _NSAIDS,
    "macrolides": ("azithromycin", "clarithromycin", "erythromycin", "fidaxomicin"),
    "quinolones": (
        "ciprofloxacin", "levofloxacin", "moxifloxacin", "ofloxacin", "delafloxacin",
        "gemifloxacin", "norfloxacin",
    ),
    "tetracyclines": ("doxycycline", "minocycline", "tetracycline", "demeclocycline"),
    "phenanthrene opioids": (
        "codeine", "morphine", "hydrocodone", "hydromorphone", "oxycodone", "oxymorphone",
    ),
    "statins": (
        "atorvastatin", "rosuvastatin", "simvastatin", "pravastatin", "lovastatin", "fluvastatin",
        "pitavastatin",
    ),
    "ACE inhibitors": (
        "lisinopril", "enalapril", "ramipril", "benazepril", "captopril", "fosinopril",
        "moexipril", "perindopril", "quinapril", "trandolapril",
    ),
}  # fmt: skip
_SIDE_CHAINS: tuple[tuple[str, ...], ...] = (
    ("ampicillin", "amoxicillin", "cephalexin", "cefaclor", "cefadroxil", "cefprozil"),
    ("ceftriaxone", "cefotaxime", "cefepime", "cefpodoxime"),
    ("ceftazidime", "aztreonam"),
)
"""Beta-lactams with the same or nearly the same R1 side chain."""

# A class named as such -> all its members; the opioids as people say it.
_CLASS_WORDS = {
    r"penicillins?|pcn": "penicillins",
    r"cephalosporins?": "cephalosporins",
    r"sulfas?(?: drugs?| antibiotics?| medications?| meds?)?|sulfonamides?|sulpha": (
        "sulfonamide antibiotics"
    ),
    r"nsaids?|anti-?inflammator(?:y|ies)(?: drugs?)?": "NSAIDs",
    r"macrolides?|mycins?": "macrolides",
    r"(?:fluoro)?quinolones?": "quinolones",
    r"tetracyclines": "tetracyclines",
    r"opioids?|opiates?|narcotics?": "phenanthrene opioids",
    r"statins?": "statins",
    r"ace inhibitors?": "ACE inhibitors",
}
_MATERIALS = (
    r"latex|(?:i\.?v\.? |iodinated |iodine )?contrast(?: dye)?|iodine|shellfish|shrimp|"
    r"lobster|crab|"
    r"fish|seafood|peanuts?(?: butter)?|tree nuts?|nuts|almonds?|cashews?|walnuts?|eggs?|milk|"
    r"dairy|"
    r"lactose|soy|wheat|gluten|sesame|strawberr(?:y|ies)|bananas?|kiwi|avocados?|bee stings?|bees?|"
    r"wasps?|adhesives?(?: tape)?|tape|nickel|pollen|ragweed|grass|dust(?: mites?)?|mold|"
    r"cats?|dogs?|"
    r"cat dander|dog hair|pet dander|red dye|gelatin|chlorhexidine|metal"
)


@cache
def _words() -> tuple[re.Pattern[str], ...]:
    forms = [*_CLASS_WORDS, _MATERIALS]
    return tuple(re.compile(rf"\b(?:{form})\b(?!-free)", re.IGNORECASE) for form in forms)


def find_substances(text: str) -> list[Substance]:
    """Drugs, drug classes, foods and materials named in `text`, in order, never overlapping."""
    found = [Substance(d.name, d.span, d.ingredients, d.rxcui) for d in find_drugs(text)]
    for pattern in _words():
        for match in pattern.finditer(text):
            span = TextSpan(start=match.start(), end=match.end())
            if not any(span.overlaps(other.span) for other in found):
                found.append(Substance(match.group().lower(), span, (), None))
    return sorted(found, key=lambda substance: substance.span.start)


def is_material(name: str) -> bool:
    """Whether the name is of a food, a material or an animal, and of no drug."""
    return re.fullmatch(_MATERIALS, name, re.IGNORECASE) is not None


def collision(substance: str, ingredients: tuple[str, ...]) -> str | None:
    """Why a drug of these ingredients collides with an allergy to `substance`; None if it does not.

    "amoxicillin" and ("ampicillin",) -> "both are penicillins"; "sulfa" and ("sulfamethoxazole",
    "trimethoprim") -> "sulfamethoxazole is one of the sulfonamide antibiotics".
    """
    stated = _class_of_word(substance)
    allergic_to = set(ingredients_of(substance))
    for ingredient in ingredients:
        if ingredient in allergic_to:
            return f"it contains {ingredient}"
        if stated and ingredient in CLASSES[stated]:
            return f"{ingredient} is one of the {stated}"
        if stated == "penicillins" and ingredient in _SIDE_CHAINS[0]:
            return f"{ingredient} shares a side chain with penicillins"
        shared = _shared_group(allergic_to, ingredient)
        if shared:
            return shared
    return None


def _class_of_word(substance: str) -> str | None:
    for form, name in _CLASS_WORDS.items():
        if re.fullmatch(form, substance.strip(), re.IGNORECASE):
            return name
    return None


def _shared_group(allergic_to: set[str], ingredient: str) -> str | None:
    for name, members in CLASSES.items():
        # Cephalosporins cross-react by side chain, not as a family.
        if name != "cephalosporins" and ingredient in members and allergic_to & set(members):
            return f"both are {name}"
    for group in _SIDE_CHAINS:
        if ingredient in group and allergic_to & set(group):
            return "both share a side chain"
    return None
