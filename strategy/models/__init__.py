from strategy.models.activities import Activity, ActivityPlan
from strategy.models.indicators import Indicator, IndicatorTarget
from strategy.models.money import BudgetLine, FundingShare, FundingSource
from strategy.models.plan import SituationItem, StrategicPlan
from strategy.models.progress import ProgressEntry, Status
from strategy.models.results import Result
from strategy.models.risks import CostEstimate, Risk

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
