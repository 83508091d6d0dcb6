"""Text -> the words that are compared when recognition is scored."""

import re

_TAG = re.compile(r"<[^<>]*>|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def normalised_words(text: str) -> list[str]:
    """Case-folded words without punctuation; tags such as <UNIN/> or [laughs] are left out.

    Apostrophes inside a word stay ("don't"), hyphens part words ("x-ray" -> "x", "ray"). Numbers
    are left as they stand: "10" and "ten" are different words, "1,000" are two.
    """
    plain = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return _WORD.findall(_TAG.sub(" ", plain).casefold())
