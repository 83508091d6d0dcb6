"""Written notes -> how words are capitalised in the middle of a sentence."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

# Only words after a lower-case word or a comma: elsewhere a capital says nothing.
_INNER = re.compile(r"(?<=[a-z,] )([A-Za-z][A-Za-z']*)")
# Headings and labels capitalise every word: "Patient Education and Counseling:".
_LABEL = re.compile(r"\A[^a-z]*\Z|[A-Z][\w ,/&-]{2,45}:")
_LEAST_COUNT = 2
_LEAST_SHARE = 0.8


def learn_casing(notes: Iterable[str], names: frozenset[str] = frozenset()) -> dict[str, str]:
    """Lower-case word -> its usual form, for words that are usually capitalised; `names` of
    people (lower case) are left out. "tylenol" -> "Tylenol", "mri" -> "MRI"."""
    forms: dict[str, Counter[str]] = {}
    for note in notes:
        for line in note.splitlines():
            for match in _INNER.finditer(_LABEL.sub("", line)):
                word = match.group(1).removesuffix("'s")
                forms.setdefault(word.lower(), Counter())[word] += 1
    learnt = {}
    for lower, counts in sorted(forms.items()):
        form, count = max(counts.items(), key=lambda item: (item[1], item[0]))
        usual = count >= _LEAST_COUNT and count >= _LEAST_SHARE * counts.total()
        if usual and form != lower and len(lower) > 1 and lower not in names:
            learnt[lower] = form
    return learnt


def save_casing(path: Path, casing: dict[str, str]) -> None:
    path.write_text(json.dumps(casing, sort_keys=True, separators=(",", ":")) + "\n", "utf-8")
