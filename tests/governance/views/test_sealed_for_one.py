"""A text that arrived without a session is its author's alone, and never acts (I41)."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import clock
from governance.actions import drafts
from governance.models import Comment, SealedPost
from tests.environment import TIMES
from tests.governance.views.keeping.common import KEPT, NOON
from tests.governance.views.test_acting import fields_of, shown
from tests.governance.views.test_comments import add_url, enter, typed, url
from tests.governance.views.test_comments import world as circulated

pytestmark = [pytest.mark.django_db, pytest.mark.once]
world = circulated
PEOPLE = ("member_b", "member_c")
# Who does what, how many hours after the one before.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["lose", "look", "save", "delete", "guess"]),
        st.sampled_from(PEOPLE),
        st.sampled_from([0, 1, 25]),
    ),
    min_size=3,
    max_size=7,
)


class Room:
    """Two people who lose sessions and come back, and what should be kept for each."""

    def __init__(self, client, world):
        self.client, self.world, self.now = client, world, NOON
        self.address = add_url(world)
        self.kept = {name: {} for name in PEOPLE}  # text: when it was sealed
        self.saved = []

    def fresh(self, name):
        since = self.now - SealedPost.KEPT
        return [text for text, at in self.kept[name].items() if at >= since]

    def form(self, name):
        letter = name[-1].upper()
        return typed(self.world, institution=self.world.institutions[letter].pk)

    def offers(self, name):
        enter(self.client, self.world, name)
        return self.client.get(self.address).context["keep"].offers

    def lose(self, name):
        enter(self.client, self.world, name)
        text = f"Text {len(self.kept[name])} of {name}"
        sent = shown(self.client, self.address) | self.form(name) | {"body": text}
        self.client.session.flush()
        self.client.post(self.address, sent)
        self.kept[name][text] = self.now

    def look(self, name):
        """Every text offered is the person's own; every own one is offered."""
        shown_texts = []
        for offer in self.offers(name):
            page = self.client.get(offer.url)
            shown_texts.append(page.context["form"]["body"].value())
        assert sorted(shown_texts) == sorted(self.fresh(name))
        other = PEOPLE[1 - PEOPLE.index(name)]
        for page in (self.client.get(KEPT), self.client.get("/")):
            assert f" of {other}" not in page.content.decode()

    def save(self, name):
        for offer in self.offers(name)[:1]:
            page = self.client.get(offer.url)
            text = page.context["form"]["body"].value()
            sent = fields_of(page) | self.form(name) | {"body": text}
            self.client.post(offer.url, sent)
            self.saved.append((name, text))
            del self.kept[name][text]

    def delete(self, name):
        for offer in self.offers(name)[:1]:
            page = self.client.get(offer.url)
            del self.kept[name][page.context["form"]["body"].value()]
            self.client.post(offer.delete_url)

    def guess(self, name):
        """Somebody who knows the keys of the other's texts gets none of them."""
        enter(self.client, self.world, name)
        theirs = SealedPost.objects.exclude(user=self.world.person(name))
        for post in theirs:
            page = self.client.get(f"{self.address}?kept={post.key}")
            assert not page.context["form"]["body"].value()
            answer = self.client.post(url("sealed-delete", post.key))
            assert answer.status_code == 404
            assert drafts.opened(post) is not None

    def written(self):
        comments = Comment.objects.select_related("author")
        return [(c.author.username, c.body) for c in comments.order_by("pk")]


def test_only_its_author_is_offered_it_and_only_saving_saves_it(client, world):
    names = {name: world.person(name).username for name in PEOPLE}

    @settings(max_examples=20 * TIMES)
    @given(STEPS)
    def holds(steps):
        with transaction.atomic():
            room = Room(client, world)
            for act, name, hours in steps:
                room.now += dt.timedelta(hours=hours)
                with clock.standing_at(room.now):
                    getattr(room, act)(name)
                    assert room.written() == [(names[n], t) for n, t in room.saved]
            transaction.set_rollback(True)

    holds()
