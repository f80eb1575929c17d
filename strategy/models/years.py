"""A fiscal year is named by the calendar year in which it begins: 2022 for 2022/23."""

from django.core.validators import MaxValueValidator, MinValueValidator

YEAR = [MinValueValidator(1990), MaxValueValidator(2200)]
