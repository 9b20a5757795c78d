"""The kinds of form that are known: a line each."""

from collections.abc import Mapping
from typing import Final

from xl_perf.core.forms.department_evaluation import DEPARTMENT_EVALUATION
from xl_perf.core.forms.department_targets import DEPARTMENT_TARGETS
from xl_perf.core.forms.evaluation import EVALUATION
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.monitoring import MONITORING
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.forms.project_targets import PROJECT_TARGETS
from xl_perf.core.forms.target_list import TARGET_LIST

Kinds = tuple[FormKind, ...]
KINDS: Final[Kinds] = (
    PROJECT_TARGETS,
    NATIONAL_TARGETS,
    TARGET_LIST,
    DEPARTMENT_TARGETS,
    MONITORING,
    EVALUATION,
    DEPARTMENT_EVALUATION,
)
DEFAULT: Final = PROJECT_TARGETS
"""What new workbooks are made of where nobody asks for another kind."""
BY_NAME: Final[Mapping[str, FormKind]] = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> FormKind | None:
    """The kind of that name, or with that Chinese title; None for none."""
    return BY_NAME.get(name) or next((kind for kind in KINDS if kind.title == name), None)
