from advocacy.models.activities import AdvocacyActivity, AdvocacyProgress
from advocacy.models.audiences import Audience, Message
from advocacy.models.strategy import (
    AdvocacyObjective,
    AdvocacyStatement,
    AdvocacyStrategy,
    Evidence,
    Opportunity,
)

__all__ = [
    "AdvocacyActivity",
    "AdvocacyObjective",
    "AdvocacyProgress",
    "AdvocacyStatement",
    "AdvocacyStrategy",
    "Audience",
    "Evidence",
    "Message",
    "Opportunity",
]
