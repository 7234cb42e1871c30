"""Chinese sentences by act. Each app registers its own in `events.py`; a test asks for one per act."""

SENTENCES: dict[str, str] = {}


def register(sentences: dict[str, str]) -> None:
    """Sentences may use {actor}, {thing}, {reason} and the keys of the event's detail."""
    for act, sentence in sentences.items():
        if SENTENCES.get(act, sentence) != sentence:
            raise ValueError(f"two sentences for {act!r}")
        SENTENCES[act] = sentence


class _Blanks(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return ""


def sentence_for(act: str, **words: object) -> str:
    """KeyError for an act nobody gave a sentence: a silent record is no record."""
    return SENTENCES[act].format_map(_Blanks(words))
