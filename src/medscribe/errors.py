"""Every error that MedScribe raises on purpose, as one tree.

MedScribeError
├── InputError                what the user handed over cannot be used
│   ├── AudioError            not audio, empty, truncated, too long
│   └── TranscriptError       a transcript file that cannot be read as turns
├── ConfigurationError        a setting, an engine name or a template name is wrong
├── MissingDependencyError    an optional library is not installed
├── ModelUnavailableError     a model is not on this machine and cannot be fetched
├── LanguageModelError        the language model's server is down, or its answer is no use
│   └── AnswerCancelledError  whoever asked no longer wants the answer
├── PrivacyError              something could not be masked: nothing goes on
├── StoreError                the store or an output folder cannot be read or written
│   ├── StaleLeaseError       somebody else has taken over this encounter
│   └── StorageFullError      no room left on the disk
└── StageError                a stage failed for an encounter; the message names the stage

The message says what to do. It never quotes what was said, a note, or a file's content.
Domain errors know neither HTTP nor exit codes; `cli/exit_codes.py` maps class to number.
"""

import errno


class MedScribeError(Exception):
    """Root of the tree: one clear sentence for the person who runs MedScribe."""


class InputError(MedScribeError):
    """What the user handed over cannot be used."""


class AudioError(InputError):
    """The file is not audio, holds no sound, is cut off or too long."""


class TranscriptError(InputError):
    """The transcript file cannot be read as turns of named speakers."""


class ConfigurationError(MedScribeError):
    """A setting, an engine name or a template name is wrong."""


class MissingDependencyError(MedScribeError):
    """An optional library is not installed; the message names the extra that brings it."""


class ModelUnavailableError(MedScribeError):
    """A model is not on this machine and could not be fetched."""


class LanguageModelError(MedScribeError):
    """The language model's server does not answer, or its answer cannot be used."""


class AnswerCancelledError(LanguageModelError):
    """The answer is no longer wanted: what came of it is dropped, the server was told to stop."""


class PrivacyError(MedScribeError):
    """Masking could not be done; nothing may go on from here."""


class StoreError(MedScribeError):
    """The store or an output folder cannot be read or written."""


class StaleLeaseError(StoreError):
    """A newer worker holds this encounter; what this one computed must not be committed."""


class StorageFullError(StoreError):
    """No room is left on the disk."""


class StageError(MedScribeError):
    """A pipeline stage failed for an encounter."""


def place_of(error: BaseException) -> str:
    """Module and line of the innermost frame: enough to report, nothing that was said."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown place"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"


def is_disk_full(error: OSError) -> bool:
    """Whether the system says that there is no room: disk full, quota or file-size limit."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
