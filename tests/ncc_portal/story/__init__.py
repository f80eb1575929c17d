"""The story of Lesotho's report as its brief tells it, value by value."""
