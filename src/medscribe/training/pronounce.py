"""Words that no dictionary holds -> their phones, by the letter-to-sound rules of flite."""

import shutil
import subprocess
from collections.abc import Iterable

from medscribe.errors import MissingDependencyError

_CMU = (
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW "
    "V W Y Z ZH"
)
_PHONES = frozenset(_CMU.split())


def pronounce(words: Iterable[str]) -> dict[str, str]:
    """word -> CMU phones ("metformin" -> "M EH T F AO R M IH N"); words it cannot say are left out.

    Raises `MissingDependencyError` where the program flite is not installed.
    """
    flite = shutil.which("flite")
    if flite is None:
        raise MissingDependencyError("Pronouncing new words needs flite: install that program.")
    said = {}
    for word in words:
        command = [flite, "-voice", "kal", "-ps", "none", "-t", word]
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
        # flite writes the unstressed vowel AX, which the recogniser's phone set calls AH.
        phones = [phone.upper().replace("AX", "AH") for phone in answer.split() if phone != "pau"]
        if phones and _PHONES.issuperset(phones):
            said[word] = " ".join(phones)
    return said
