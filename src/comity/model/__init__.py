"""The relational event model: statistics of past events, who acts on whom, of which type."""

from comity.model.as_one import as_one
from comity.model.bootstrap import Bootstrap, bootstrap
from comity.model.coding_error import CodingError, ErrorRates, MiscodedTerm, allow_for_coding_error, miscode
from comity.model.compiling import kernels_are_cached
from comity.model.counted_apart import CountedApart, count_apart
from comity.model.covariates import Covariate, DatedCovariate
from comity.model.envelopes import Envelopes, Feature, compare_with_simulated
from comity.model.era_split import TRUST, EraSplit, SplitTest, eras_at, split_by_era
from comity.model.errors import (
    CollinearityError,
    MissingValueError,
    PooledSampleError,
    SeparationError,
    TooFewEventsError,
    UnknownNameError,
    UnknownStatisticError,
)
from comity.model.fit import Coefficient, Fit
from comity.model.fitting import fit
from comity.model.given_rows import GivenRows, fit_rows
from comity.model.goodness import HeldOut, Score, score_held_out
from comity.model.history import History
from comity.model.joint_covariance import joint_covariance
from comity.model.joint_work import JointWork
from comity.model.measuring import by_third_party, compute_statistics
from comity.model.memory import Memory, recall
from comity.model.mirrors import pair_mirrors, share_joint_acts
from comity.model.of_kind import OfKind
from comity.model.pooled_terms import PartyCoefficient, PooledTerms, pool_third_parties
from comity.model.predicting import Prediction, predict_dyads
from comity.model.propensity import Propensity, TypeChance
from comity.model.replaying import Replay, Replayed, Watch
from comity.model.setting_aside import set_aside
from comity.model.shared_membership import SharedMembership
from comity.model.simulating import simulate
from comity.model.statistic import Statistic
from comity.model.statistics import (
    STATISTICS,
    Degree,
    Reciprocation,
    Repetition,
    Triad,
    find_statistics,
    known_statistics,
)
from comity.model.tails import chi_square_tail, student_quantile, student_tail
from comity.model.theatres import TheatrePressure
from comity.model.untruncated import PairMemory, remember_pair
from comity.model.volume import GivenCounts, Volume, fit_volume

__all__ = [
    "STATISTICS",
    "TRUST",
    "Bootstrap",
    "CodingError",
    "Coefficient",
    "CollinearityError",
    "CountedApart",
    "Covariate",
    "DatedCovariate",
    "Degree",
    "Envelopes",
    "EraSplit",
    "ErrorRates",
    "Feature",
    "Fit",
    "GivenCounts",
    "GivenRows",
    "HeldOut",
    "History",
    "JointWork",
    "Memory",
    "MiscodedTerm",
    "MissingValueError",
    "OfKind",
    "PairMemory",
    "PartyCoefficient",
    "PooledSampleError",
    "PooledTerms",
    "Prediction",
    "Propensity",
    "Reciprocation",
    "Repetition",
    "Replay",
    "Replayed",
    "Score",
    "SeparationError",
    "SharedMembership",
    "SplitTest",
    "Statistic",
    "TheatrePressure",
    "TooFewEventsError",
    "Triad",
    "TypeChance",
    "UnknownNameError",
    "UnknownStatisticError",
    "Volume",
    "Watch",
    "allow_for_coding_error",
    "as_one",
    "bootstrap",
    "by_third_party",
    "chi_square_tail",
    "compare_with_simulated",
    "compute_statistics",
    "count_apart",
    "eras_at",
    "find_statistics",
    "fit",
    "fit_rows",
    "fit_volume",
    "joint_covariance",
    "kernels_are_cached",
    "known_statistics",
    "miscode",
    "pair_mirrors",
    "pool_third_parties",
    "predict_dyads",
    "recall",
    "remember_pair",
    "score_held_out",
    "set_aside",
    "share_joint_acts",
    "simulate",
    "split_by_era",
    "student_quantile",
    "student_tail",
]
