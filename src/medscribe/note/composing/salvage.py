"""A clinician's sentence in which "I" or "we" is left -> the same without them, where that can be.

"tenderness when i press on it" -> "tenderness to palpation"; "order an ultrasound to make sure that
we are not missing anything" -> "order an ultrasound". The wordings are `tables/salvage.toml`; what
they leave out says nothing of the patient, and conditions stay.
"""

from medscribe.note.rules import load_pattern, load_rules, reworded


def without_speaker(text: str) -> str:
    """`text`, the patient still "you", without the clinician who speaks; "" where nothing that
    can be read is left ("i would like to see that" -> "")."""
    rest = reworded(text, load_rules("salvage")).strip(" ,;:-")
    return "" if load_pattern("salvage", "torn").match(rest) else rest
