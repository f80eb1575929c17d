from strategy.models.activities import (
    Activity,
    ActivityPlan,
    BudgetLine,
    FundingShare,
    FundingSource,
    ProgressEntry,
    Status,
)
from strategy.models.plan import (
    CostEstimate,
    Indicator,
    IndicatorTarget,
    Result,
    Risk,
    SituationItem,
    StrategicPlan,
)

__all__ = [
    "Activity",
    "ActivityPlan",
    "BudgetLine",
    "CostEstimate",
    "FundingShare",
    "FundingSource",
    "Indicator",
    "IndicatorTarget",
    "ProgressEntry",
    "Result",
    "Risk",
    "SituationItem",
    "Status",
    "StrategicPlan",
]
