"""Every action on a ticket: how the scene is set, and what is done. One line a case."""

from collections.abc import Callable
from uuid import uuid4

from chat.actions.visitors import introduce
from helpdesk.accounts.actions import delete_team, set_active, set_availability, update_team
from helpdesk.realtime import presence
from surveys.actions import answer
from surveys.models import Invitation
from tests import make
from tests.contract.scene import Scene
from tickets.actions.announce_queue import announce_queue
from tickets.actions.assign import assign, transfer
from tickets.actions.callbacks import finish_callback
from tickets.actions.inboxes import InboxData, update_inbox
from tickets.actions.leave import leave_queue, turn_into_message
from tickets.actions.post import Post, post_batch
from tickets.actions.reopen import reopen
from tickets.actions.route import route_ticket, route_waiting
from tickets.actions.seen import mark_seen
from tickets.actions.solve import solve
from tickets.actions.triage import set_labels, wait_for_customer

Step = Callable[[Scene], object]
CASES: dict[str, tuple[Step, Step]] = {}


def nothing(scene: Scene) -> None:
    """The scene as it is: open, and nobody's."""


def case(before: Step = nothing) -> Callable[[Step], Step]:
    def register(act: Step) -> Step:
        CASES[act.__name__] = (before, act)
        return act

    return register


def alices(scene: Scene) -> None:
    scene.give(scene.people.alice)


def charlies(scene: Scene) -> None:
    scene.give(scene.people.charlie)


def answered(scene: Scene) -> None:
    alices(scene)
    make.reply(scene.alice, scene.ticket)


def solved(scene: Scene) -> None:
    answered(scene)
    solve(scene.alice, scene.ticket.id)


def solved_by_one_who_left(scene: Scene) -> None:
    solved(scene)
    set_availability(scene.people.alice.pk, "away")


def solved_by_one_who_is_full(scene: Scene) -> None:
    solved(scene)
    for number in range(3):
        scene.give(scene.people.alice, make.ticket(scene.people.viktor, f"More {number}"))


def pending(scene: Scene) -> None:
    answered(scene)
    wait_for_customer(scene.alice, scene.ticket.id)


def without_team(scene: Scene) -> None:
    scene.without_team()


@case()
def visitor_starts_another(scene: Scene) -> None:
    make.ticket(scene.people.vera, "And another question")
    announce_queue()


@case()
def visitor_replies_while_he_waits(scene: Scene) -> None:
    make.reply(scene.people.vera, scene.ticket)


@case(answered)
def visitor_replies_to_his_agent(scene: Scene) -> None:
    make.reply(scene.people.vera, scene.ticket)


@case(charlies)
def visitor_replies_to_an_agent_of_another_team(scene: Scene) -> None:
    make.reply(scene.people.vera, scene.ticket)


@case(pending)
def visitor_replies_after_a_pause(scene: Scene) -> None:
    make.reply(scene.people.vera, scene.ticket)


@case(alices)
def agent_replies(scene: Scene) -> None:
    make.reply(scene.alice, scene.ticket)


@case(alices)
def agent_replies_with_all_there_is(scene: Scene) -> None:
    make.full_reply(scene.alice, scene.ticket, "Like this?", article=make.article("Lamps"))


@case(alices)
def visitor_sends_a_picture(scene: Scene) -> None:
    vera = scene.people.vera
    file = make.file(vera, "lamp.png", make.picture())
    post_batch([Post(vera, scene.ticket.id, uuid4(), "", attachments=[file.id])])


@case()
def agent_replies_to_nobodys_ticket(scene: Scene) -> None:
    make.reply(scene.bob, scene.ticket)


@case(alices)
def agent_notes(scene: Scene) -> None:
    make.note(scene.bob, scene.ticket)


@case(answered)
def many_post_in_one_batch(scene: Scene) -> None:
    people, ticket, other = scene.people, scene.ticket.id, scene.others[0].id
    posts = [
        Post(people.vera, ticket, uuid4(), "one"),
        Post(scene.alice, ticket, uuid4(), "two"),
        Post(scene.bob, ticket, uuid4(), "three", kind="note"),
        Post(people.viktor, other, uuid4(), "four"),
        Post(scene.mona, other, uuid4(), "five"),
        Post(people.vera, ticket, uuid4(), "six"),
    ]
    post_batch(posts)


@case()
def agent_takes_it(scene: Scene) -> None:
    assign(scene.alice, scene.ticket.id, agent_id=scene.people.alice.pk)


@case(alices)
def manager_gives_it_to_another(scene: Scene) -> None:
    scene.give(scene.people.bob)


@case(alices)
def manager_gives_it_to_another_team(scene: Scene) -> None:
    scene.give(scene.people.charlie)


@case(charlies)
def manager_takes_it_from_another_team(scene: Scene) -> None:
    scene.give(scene.people.alice)


@case(answered)
def agent_puts_it_back(scene: Scene) -> None:
    assign(scene.alice, scene.ticket.id, agent_id=None)


@case(charlies)
def agent_of_another_team_puts_it_back(scene: Scene) -> None:
    assign(scene.charlie, scene.ticket.id, agent_id=None)


@case()
def agent_takes_it_over_capacity(scene: Scene) -> None:
    for number in range(3):
        scene.give(scene.people.alice, make.ticket(scene.people.viktor, f"More {number}"))
    me = scene.people.alice.pk
    assign(scene.alice, scene.ticket.id, agent_id=me, over_capacity=True)


@case()
def router_gives_it(scene: Scene) -> None:
    presence.renew(agents=[scene.people.alice.pk])
    route_ticket(scene.ticket.id)
    announce_queue()


@case()
def router_drains_the_queue(scene: Scene) -> None:
    presence.renew(agents=[scene.people.alice.pk, scene.people.bob.pk])
    route_waiting()


@case()
def agent_transfers_nobodys_ticket(scene: Scene) -> None:
    transfer(scene.alice, scene.ticket.id, team_id=scene.people.sales.pk)


@case(answered)
def agent_transfers_his_with_a_note(scene: Scene) -> None:
    transfer(scene.alice, scene.ticket.id, team_id=scene.people.sales.pk, note="Please")


@case(without_team)
def agent_transfers_what_has_no_team(scene: Scene) -> None:
    transfer(scene.alice, scene.ticket.id, team_id=scene.people.sales.pk)


@case(answered)
def it_goes_away_and_comes_back(scene: Scene) -> None:
    transfer(scene.alice, scene.ticket.id, team_id=scene.people.sales.pk)
    transfer(scene.mona, scene.ticket.id, team_id=scene.people.support.pk)
    scene.give(scene.people.alice)


@case(answered)
def agent_solves(scene: Scene) -> None:
    solve(scene.alice, scene.ticket.id)


@case()
def visitor_gives_up_waiting(scene: Scene) -> None:
    solve(scene.people.vera, scene.ticket.id)


@case(answered)
def visitor_ends_the_chat(scene: Scene) -> None:
    solve(scene.people.vera, scene.ticket.id)


@case(solved)
def visitor_rates(scene: Scene) -> None:
    invitation = Invitation.objects.get()
    answer(scene.people.vera, invitation.public_id, score=5, comment="Thanks")


@case(solved)
def agent_reopens(scene: Scene) -> None:
    reopen(scene.alice, scene.ticket.id)


@case(solved)
def visitor_writes_again(scene: Scene) -> None:
    make.reply(scene.people.vera, scene.ticket)


@case(solved_by_one_who_left)
def visitor_writes_again_to_one_who_left(scene: Scene) -> None:
    make.reply(scene.people.vera, scene.ticket)


@case(solved_by_one_who_is_full)
def visitor_writes_again_to_one_who_is_full(scene: Scene) -> None:
    make.reply(scene.people.vera, scene.ticket)


@case(answered)
def owner_reads(scene: Scene) -> None:
    make.reply(scene.people.vera, scene.ticket)
    mark_seen(scene.alice, scene.ticket.id, 99)


@case(answered)
def colleague_reads(scene: Scene) -> None:
    mark_seen(scene.bob, scene.ticket.id, 2)


@case(answered)
def visitor_reads(scene: Scene) -> None:
    mark_seen(scene.people.vera, scene.ticket.id, 99)


@case()
def agent_labels(scene: Scene) -> None:
    set_labels(scene.mona, scene.ticket.id, ["lamp", "Broken", "ćma"])


@case(answered)
def agent_waits_for_the_customer(scene: Scene) -> None:
    wait_for_customer(scene.alice, scene.ticket.id)


@case(answered)
def owner_is_deactivated(scene: Scene) -> None:
    set_active(scene.mona, scene.people.alice, active=False)


@case(answered)
def colleague_leaves_the_team(scene: Scene) -> None:
    update_team(scene.mona, scene.people.support, "Support", [scene.people.alice.pk])


@case(answered)
def team_is_deleted(scene: Scene) -> None:
    delete_team(scene.mona, scene.people.support)


@case(without_team)
def inbox_goes_to_another_team(scene: Scene) -> None:
    data = InboxData(scene.people.inbox.name, team_id=scene.people.sales.pk)
    update_inbox(scene.mona, scene.people.inbox, data)


@case()
def visitor_leaves_the_queue(scene: Scene) -> None:
    leave_queue(scene.people.vera, scene.ticket.id)


@case()
def visitor_turns_his_chat_into_a_message(scene: Scene) -> None:
    turn_into_message(scene.people.vera, scene.ticket.id)


@case()
def visitor_would_rather_be_called(scene: Scene) -> None:
    make.callback(scene.people.vera, scene.ticket)


@case(answered)
def agent_has_called(scene: Scene) -> None:
    make.callback(scene.people.vera, scene.ticket)
    callback = make.callback(scene.people.vera, scene.ticket)
    finish_callback(scene.alice, scene.ticket.id, callback.pk, "done")


@case()
def visitor_says_his_name_and_starts(scene: Scene) -> None:
    vera = scene.people.vera
    introduce(vera.contact_id, name="Vera", email="vera@example.com", language="en")
    make.ticket(vera, "It is me")
