"""Error classes -> exit codes of the command line."""

from medscribe import errors

OK = 0
INTERNAL = 70
"""An error that MedScribe did not foresee (BSD sysexits EX_SOFTWARE)."""
INTERRUPTED = 130

# The first class that fits counts, so narrower classes stand before wider ones.
_CODES: tuple[tuple[type[errors.MedScribeError], int], ...] = (
    (errors.InputError, 3),
    (errors.ConfigurationError, 4),
    (errors.MissingDependencyError, 5),
    (errors.ModelUnavailableError, 6),
    (errors.PrivacyError, 7),
    (errors.StorageFullError, 9),
    (errors.StoreError, 8),
    (errors.StageError, 10),
    (errors.LanguageModelError, 11),
)


def exit_code(error: errors.MedScribeError) -> int:
    """3 input, 4 configuration, 5 missing library, 6 missing model, 7 privacy, 8 store,
    9 disk full, 10 stage failed, 11 language model; 2 is Typer's own for wrong usage."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), INTERNAL)
