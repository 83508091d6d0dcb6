"""Settings -> running parts. The only module that chooses engines, store and queue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from medscribe.audio.log import AudioLog
from medscribe.audio.stretches import StretchRule
from medscribe.dialogue.diarizer import Diarizer
from medscribe.domain.encounter import EncounterOptions
from medscribe.errors import ConfigurationError
from medscribe.jobs.local import LocalQueue
from medscribe.jobs.queue import JobQueue
from medscribe.llm.model import LanguageModel
from medscribe.note.template import Template, load_template
from medscribe.note.writer import NoteWriter
from medscribe.pipeline.advance import advance
from medscribe.pipeline.live_visit import LiveVisit
from medscribe.pipeline.work import Engines, Progress, Records, ignore_progress
from medscribe.plugin import create_engine
from medscribe.privacy.detector import PiiDetector
from medscribe.safety.check import SafetyCheck
from medscribe.settings import Settings
from medscribe.speech.apart import Recipe, TranscriberApart
from medscribe.speech.selection import TRANSCRIBERS, choose_transcriber
from medscribe.speech.transcriber import Transcriber
from medscribe.store.crypto import open_sealed, seal
from medscribe.store.encounters import SqlStore
from medscribe.store.key_file import load_key_ring
from medscribe.store.sqlite import open_store

DIARIZERS = "medscribe.dialogue.diarizers"
DETECTORS = "medscribe.privacy.detectors"
WRITERS = "medscribe.note.writers"
CHECKS = "medscribe.safety.checks"
LANGUAGE_MODELS = "medscribe.llm.models"
MODEL_WRITER = "language_model"
DEFAULT_DIARIZER = str(Settings.model_fields["diarizer"].default)
ENGINE_PACKAGES = (TRANSCRIBERS, DIARIZERS, DETECTORS, WRITERS, CHECKS, LANGUAGE_MODELS)


@dataclass(frozen=True)
class MedScribe:
    """The running product: where encounters lie, who works on them, and the queue between."""

    settings: Settings
    store: SqlStore
    engines: Engines
    queue: JobQueue

    def audio_log(self, encounter_id: str) -> AudioLog:
        """The sealed recording of an encounter."""
        return _audio_log(self.settings, self.store, encounter_id)

    def close(self) -> None:
        self.store.close()


def ignore_notice(_text: str) -> None:
    """For callers that show nothing."""


def build(
    settings: Settings,
    *,
    progress: Progress = ignore_progress,
    notice: Callable[[str], None] = ignore_notice,
) -> MedScribe:
    """The product on one machine: SQLite store, sealed audio files, queue in this process."""
    keys = load_key_ring(settings.master_key, settings.data_dir / "master.key")
    store = open_store(settings.data_dir / "medscribe.db", keys)
    engines = build_engines(settings, progress=progress, notice=notice)
    records = Records(store=store, audio=partial(_audio_log, settings, store))
    queue = LocalQueue(
        lambda encounter_id: advance(encounter_id, records, engines),
        store.fail,
        max_attempts=settings.max_attempts,
    )
    return MedScribe(settings=settings, store=store, engines=engines, queue=queue)


def transcriber_apart(
    settings: Settings, name: str, progress: Progress, notice: Callable[[str], None]
) -> TranscriberApart:
    """The engine `name` in a process of its own, loaded."""
    recipe = Recipe(
        name=name,
        models_dir=settings.models_folder,
        whisper_model=settings.whisper_model,
        allow_download=settings.allow_download,
        options=settings.asr_options,
    )
    return TranscriberApart(recipe, progress, notice)


def live_visit(medscribe: MedScribe, encounter_id: str, transcriber: Transcriber) -> LiveVisit:
    """An encounter that is being recorded, ready to be listened to."""
    settings = medscribe.settings
    most = settings.queue_chunks * settings.chunk_seconds
    return LiveVisit(
        encounter_id,
        Records(store=medscribe.store, audio=medscribe.audio_log),
        medscribe.engines,
        transcriber,
        partials=settings.partials,
        most_waiting_seconds=most if settings.overflow == "drop_oldest" else None,
    )


def build_engines(
    settings: Settings,
    *,
    progress: Progress = ignore_progress,
    notice: Callable[[str], None] = ignore_notice,
) -> Engines:
    """The engines that the settings name; each is loaded when first used."""
    language_model = cache(partial(_language_model, settings))
    ask_for_roles = settings.role_agent and settings.language_model_url is not None
    return Engines(
        transcriber=cache(partial(_transcriber, settings, progress, notice)),
        diarizer=cache(partial(_diarizer, settings)),
        detectors=cache(partial(_detectors, settings)),
        writer=cache(partial(_writer, settings)),
        stand_in=cache(partial(_stand_in, settings)) if _has_stand_in(settings) else None,
        checks=cache(partial(_checks, settings)),
        language_model=language_model,
        role_model=cache(partial(_language_model, settings, _HURRIED)) if ask_for_roles else None,
        template=partial(_template, settings),
        prescription_window=settings.prescription_window,
        hotwords=partial(_hotwords, settings),
        rule=StretchRule(
            full_seconds=settings.stretch_seconds, pause_seconds=settings.stretch_pause_seconds
        ),
        progress=progress,
    )


def _transcriber(
    settings: Settings, progress: Progress, notice: Callable[[str], None], name: str
) -> Transcriber:
    return choose_transcriber(
        name,
        settings.models_folder,
        whisper_model=settings.whisper_model,
        allow_download=settings.allow_download,
        options=settings.asr_options,
        progress=progress,
        notice=notice,
    )


def _diarizer(settings: Settings, channels: int) -> Diarizer:
    # Two channels are taken for two microphones, unless somebody chose an engine of their own.
    split = channels == 2 and settings.diarizer == DEFAULT_DIARIZER
    name = "channels" if split else settings.diarizer
    options = settings.diarizer_options if name == settings.diarizer else {}
    diarizer: Diarizer = create_engine(
        DIARIZERS, name, options, allow_download=settings.allow_download
    )
    return diarizer


def _template(settings: Settings, name: str) -> Template:
    return load_template(name, settings.templates_folder)


def _hotwords(settings: Settings, options: EncounterOptions) -> tuple[str, ...]:
    """This encounter's, this clinician's, then the template's, each once."""
    template = _template(settings, options.template)
    return tuple(dict.fromkeys((*options.hotwords, *settings.hotwords, *template.hotwords)))


def _detectors(settings: Settings) -> Sequence[PiiDetector]:
    stray = sorted(set(settings.detector_options) - set(settings.detectors))
    if stray:
        raise ConfigurationError(
            f"detector_options names what detectors does not: {', '.join(stray)}."
        )
    return [
        create_engine(
            DETECTORS,
            name,
            settings.detector_options.get(name),
            allow_download=settings.allow_download,
        )
        for name in settings.detectors
    ]


def _writer(settings: Settings) -> NoteWriter:
    return _writer_named(settings, settings.writer, settings.writer_options)


def _has_stand_in(settings: Settings) -> bool:
    """A model does not stand in for itself."""
    name = settings.stand_in_writer
    return bool(name) and not name == settings.writer == MODEL_WRITER


def _stand_in(settings: Settings) -> NoteWriter:
    return _writer_named(settings, settings.stand_in_writer, {})


def _writer_named(settings: Settings, name: str, chosen: Mapping[str, object]) -> NoteWriter:
    options = dict(chosen)
    if name == MODEL_WRITER:
        options.setdefault("engine", settings.language_model_engine)
        if "engine_options" not in options:
            options["engine_options"] = _language_model_options(settings)
    writer: NoteWriter = create_engine(WRITERS, name, options)
    return writer


def _checks(settings: Settings) -> Sequence[SafetyCheck]:
    return [create_engine(CHECKS, name) for name in settings.checks]


_HURRIED = {"attempts": 1, "answer_seconds": 45.0}
"""Who is who is asked once, and for seconds: a visit that waits for its note goes on without."""


def _language_model(
    settings: Settings, patience: Mapping[str, float] | None = None
) -> LanguageModel:
    """The configured server's model; `ConfigurationError` where none is configured."""
    options = _language_model_options(settings) | dict(patience or {})
    model: LanguageModel = create_engine(LANGUAGE_MODELS, settings.language_model_engine, options)
    return model


def _language_model_options(settings: Settings) -> dict[str, object]:
    """What the settings say of the server, as options of its engine."""
    if settings.language_model_url is None:
        raise ConfigurationError(
            "No language model is configured: set language_model_url to the address of its server."
        )
    return {
        "base_url": settings.language_model_url,
        "model": settings.language_model,
        "api_key": settings.language_model_key,
        **settings.language_model_options,
    }


def _audio_log(settings: Settings, store: SqlStore, encounter_id: str) -> AudioLog:
    """The key is asked for when sound is read or written: deleting must work without it."""
    key = cache(partial(store.data_key, encounter_id))
    return AudioLog(
        Path(settings.data_dir) / "audio" / encounter_id,
        lambda plaintext, context: seal(key(), plaintext, context),
        lambda blob, context: open_sealed(key(), blob, context),
    )
