"""From an analyst's text to candidate events, pledges and quotations, each with its passage."""

from comity.documents.annotation import Annotation, Annotations, Target
from comity.documents.annotations import AnnotationCoder, read_annotations
from comity.documents.candidate import Candidate, Conflict, Draft, Quotation
from comity.documents.coders import BrokenCoderError, BroughtCoder, brought_coder, coder_names
from comity.documents.document import Block, Document
from comity.documents.endpoint import Endpoint, ModelError
from comity.documents.extras import MissingPartError
from comity.documents.formats import make_document, read_document
from comity.documents.gate import Found, Gate, Rejected
from comity.documents.gold import GoldDocument, read_gold
from comity.documents.language import is_english
from comity.documents.lexicon import Lexicon, load_lexicon
from comity.documents.merging import Telling, merge, naming_words, tellings_of, told_together
from comity.documents.merging_score import MergingScore, score_merging
from comity.documents.model_coder import ModelCoder, NoReplyError, Sending
from comity.documents.reading import Coder, ReadingResult, read
from comity.documents.reflow import Reflow, reflow
from comity.documents.replies import Replies
from comity.documents.rules import RulesCoder
from comity.documents.score import Report, score_reading
from comity.documents.sentences import SentenceScore, score_sentences

__all__ = [
    "Annotation",
    "AnnotationCoder",
    "Annotations",
    "Block",
    "BrokenCoderError",
    "BroughtCoder",
    "Candidate",
    "Coder",
    "Conflict",
    "Document",
    "Draft",
    "Endpoint",
    "Found",
    "Gate",
    "GoldDocument",
    "Lexicon",
    "MergingScore",
    "MissingPartError",
    "ModelCoder",
    "ModelError",
    "NoReplyError",
    "Quotation",
    "ReadingResult",
    "Reflow",
    "Rejected",
    "Replies",
    "Report",
    "RulesCoder",
    "Sending",
    "SentenceScore",
    "Target",
    "Telling",
    "brought_coder",
    "coder_names",
    "is_english",
    "load_lexicon",
    "make_document",
    "merge",
    "naming_words",
    "read",
    "read_annotations",
    "read_document",
    "read_gold",
    "reflow",
    "score_merging",
    "score_reading",
    "score_sentences",
    "tellings_of",
    "told_together",
]
