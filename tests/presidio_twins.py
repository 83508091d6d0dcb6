"""Models for named entities with made-up or random weights, for tests: -> a model folder.

Two for spaCy: one of rules that knows a few words, one whose network is random. One for
transformers, a tiny BERT (needs torch). Their files are those of real models.
"""

from pathlib import Path

KNOWN_WORDS = {
    "PERSON": ("Zyxwell", "Mary Walsh", "Lisinopril", "Murphy", "Karen"),
    "GPE": ("Quuxville", "Texas", "Boston"),
    "ORG": ("Mercy Hospital", "MRI"),
    "DATE": ("March 3rd", "three days", "2019", "daily"),
    "CARDINAL": ("seven",),
}


def build_spacy_rules(folder: Path, words: dict[str, tuple[str, ...]] | None = None) -> Path:
    """Writes a pipeline that finds `words` (label -> what is said), else `KNOWN_WORDS`."""
    import spacy

    language = spacy.blank("en")
    ruler = language.add_pipe("entity_ruler")
    chosen = KNOWN_WORDS if words is None else words
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": label, "pattern": said} for label, all_ in chosen.items() for said in all_]
    )
    folder.mkdir(parents=True, exist_ok=True)
    language.to_disk(folder)
    return folder


def build_spacy_network(folder: Path, seed: int = 0) -> Path:
    """Writes a pipeline whose entity recogniser has random weights: what it finds is chance."""
    import spacy

    spacy.util.fix_random_seed(seed)
    language = spacy.blank("en")
    recogniser = language.add_pipe(
        "ner",
        config={
            "model": {
                "@architectures": "spacy.TransitionBasedParser.v2",
                "state_type": "ner",
                "extra_state_tokens": False,
                "hidden_width": 16,
                "maxout_pieces": 2,
                "use_upper": True,
                "nO": None,
                "tok2vec": {
                    "@architectures": "spacy.HashEmbedCNN.v2",
                    "pretrained_vectors": None,
                    "width": 16,
                    "depth": 1,
                    "embed_size": 200,
                    "window_size": 1,
                    "maxout_pieces": 2,
                    "subword_features": True,
                },
            }
        },
    )
    for label in ("PERSON", "GPE", "ORG", "DATE", "CARDINAL"):
        recogniser.add_label(label)  # type: ignore[attr-defined]
    language.initialize()
    folder.mkdir(parents=True, exist_ok=True)
    language.to_disk(folder)
    return folder


def build_transformers(
    folder: Path, seed: int = 0, labels: tuple[str, ...] = ("PER", "LOC")
) -> Path:
    """Writes a tiny BERT for token classification and its tokenizer; needs torch."""
    import torch
    from transformers import BertConfig, BertForTokenClassification, BertTokenizerFast

    folder.mkdir(parents=True, exist_ok=True)
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    pieces = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *letters,
        *(f"##{one}" for one in letters),
    ]
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    names = ["O", *(f"{begin}-{label}" for label in labels for begin in "BI")]
    torch.manual_seed(seed)
    network = BertForTokenClassification(
        BertConfig(
            vocab_size=len(pieces),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=512,
            id2label=dict(enumerate(names)),
            label2id={name: number for number, name in enumerate(names)},
            initializer_range=1.0,
        )
    )
    network.save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder
