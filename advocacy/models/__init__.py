from advocacy.models.strategy import (
    AdvocacyActivity,
    AdvocacyObjective,
    AdvocacyProgress,
    AdvocacyStatement,
    AdvocacyStrategy,
    Audience,
    Evidence,
    Message,
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
