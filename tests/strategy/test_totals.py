"""The sums that page, API and PDF share."""

from strategy.totals import cost_table, quarter_shares, totals


def activity(
    number, *, objective="SO1", lead="BOS", funding=(), quarters=(1,), spent=0
):
    shares = [
        {
            "source": {"code": code, "name": code, "position": place} if code else None,
            "state": state,
            "state_name": state.title(),
            "amount_cents": amount,
        }
        for place, (code, state, amount) in enumerate(funding)
    ]
    return {
        "uid": number,
        "number": number,
        "heading": "Work",
        "body": "",
        "children": [],
        "fields": {
            "type": "activity",
            "objective": {"uid": "", "number": objective, "title": "Aim"},
            "lead": {"code": lead, "name": lead} if lead else None,
            "quarters": list(quarters),
            "budget_lines": [
                {"description": "All", "amount_cents": 0, "funding": shares}
            ],
            "budget_cents": sum(share["amount_cents"] for share in shares),
            "spent_cents": spent,
            "status": "in_progress",
        },
    }


def as_rows(sums):
    return [
        (s.code, s.budget, s.spent, s.committed, s.pledged, s.unfunded) for s in sums
    ]


def test_totals_add_up_by_every_heading():
    rows = [
        activity("A1", funding=[("GoL", "committed", 700), (None, "unfunded", 300)]),
        activity(
            "A2", objective="SO2", lead=None, funding=[("EU", "pledged", 50)], spent=9
        ),
    ]

    sums = totals(rows)

    assert as_rows([sums.overall]) == [("", 1050, 9, 700, 50, 300)]
    assert as_rows(sums.by_objective) == [
        ("SO1", 1000, 0, 700, 0, 300),
        ("SO2", 50, 9, 0, 50, 0),
    ]
    assert [(s.code, s.budget) for s in sums.by_source] == [
        ("GoL", 700),
        ("EU", 50),
        ("Unfunded", 300),
    ]
    assert [(s.code, s.budget) for s in sums.by_lead] == [("BOS", 1000), ("–", 50)]
    assert sums.spent_percent == "0.9"


def test_totals_of_nothing_are_nothing():
    sums = totals([])

    assert as_rows([sums.overall]) == [("", 0, 0, 0, 0, 0)]
    assert (sums.by_objective, sums.by_source, sums.spent_percent) == ([], [], "0.0")


def test_a_budget_is_spread_over_its_quarters_without_losing_a_cent():
    assert quarter_shares(100, [1, 2, 4]) == {1: 34, 2: 33, 4: 33}


def test_a_budget_without_quarter_stands_apart():
    assert quarter_shares(100, []) == {0: 100}


def test_an_activity_without_quarter_or_money_adds_no_quarter():
    sums = totals([activity("A1", quarters=())])

    assert sums.by_quarter == []


def estimate(objective, year, amount):
    return {
        "fields": {
            "type": "cost_estimate",
            "objective": {"uid": "", "number": objective, "title": objective},
            "year": year,
            "amount_cents": amount,
        }
    }


def test_the_cost_table_has_a_row_an_objective_and_a_column_a_year():
    table = cost_table(
        [estimate("SO2", 2022, 5), estimate("SO1", 2022, 1), estimate("SO1", 2023, 2)],
        [2022, 2023],
    )

    assert [(o["number"], amounts, total) for o, amounts, total in table.rows] == [
        ("SO1", [1, 2], 3),
        ("SO2", [5, 0], 5),
    ]
    assert (table.year_totals, table.total) == ([6, 2], 8)


def test_a_budget_of_which_nothing_is_said_is_in_the_sums():
    said = activity("A1", funding=[("GOV", "committed", 400)])
    silent = activity("A2")
    silent["fields"]["budget_cents"] = 1_000

    found = totals([said, silent])

    assert [(s.name, s.budget) for s in found.by_source] == [
        ("GOV", 400),
        ("Not stated", 1_000),
    ]
    assert (found.overall.committed, found.overall.unstated) == (400, 1_000)
