"""Whatever breaks between two people who talk: nothing acknowledged is lost, nothing doubled."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import StorageState, expect

from helpdesk.devstack import processes
from tests.browser.conftest import OpenWindow
from tests.browser.screens import Agent, Visitor
from tests.browser.stack import Stack
from tests.browser.story import Story

NEWEST = "SELECT coalesce(max(id), 0) FROM realtime_liveoutbox"
UNSENT = "SELECT count(*) FROM realtime_liveoutbox WHERE id > %s"


@pytest.fixture
def story(stack: Stack, visitor: Visitor, agent: Agent) -> Story:
    story = Story(stack, visitor, agent)
    expect(visitor.bubbles.last).to_have_text(story.agent_writes())
    expect(agent.last_tick).to_have_attribute("aria-label", "Read")
    return story


def talk_on(story: Story) -> None:
    """One more line each way, so that both are seen to hear again."""
    story.wait_for_answers()
    heard = story.visitor_writes()
    expect(story.agent.bubbles.last).to_have_text(heard)
    heard = story.agent_writes()
    expect(story.visitor.bubbles.last).to_have_text(heard)
    story.check()


def test_the_visitor_reloads(story: Story) -> None:
    story.visitor_writes()
    story.visitor.page.reload()
    story.agent_writes()
    story.visitor.open_chat()
    talk_on(story)


def test_the_visitor_reloads_before_his_message_is_acknowledged(story: Story) -> None:
    story.visitor.page.context.set_offline(True)
    story.visitor_writes()
    story.visitor.page.context.set_offline(False)
    story.visitor.page.reload()
    story.visitor.open_chat()
    talk_on(story)


def test_the_visitor_goes_to_another_page(story: Story) -> None:
    story.visitor.open_shop("/demo/en/lamps/halo/")
    story.agent_writes()
    expect(story.visitor.launcher).to_have_accessible_name(re.compile("new messages: 1"))
    story.visitor.open_chat()
    talk_on(story)
    story.agent.page.reload()
    expect(story.agent.page.get_by_role("link", name="/demo/en/lamps/halo/")).to_be_visible()
    talk_on(story)


def test_the_visitor_is_offline_while_the_agent_writes(story: Story) -> None:
    window = story.visitor.page.context
    window.set_offline(True)
    expect(story.visitor.chat.get_by_text("You’re offline.")).to_be_visible()
    for _ in range(3):
        story.agent_writes()
    story.visitor_writes()
    # Longer than a heartbeat, so that the server has given the old socket up as well.
    story.visitor.page.wait_for_timeout(6_000)
    expect(story.visitor.last_tick).to_have_attribute("aria-label", "Sending…")
    window.set_offline(False)
    talk_on(story)


def test_the_agents_tab_sleeps(story: Story) -> None:
    devtools = story.agent.page.context.new_cdp_session(story.agent.page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    for _ in range(3):
        story.visitor_writes()
    story.visitor.page.wait_for_timeout(2_000)
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    talk_on(story)


def test_the_web_process_is_killed(story: Story) -> None:
    story.stack.kill_web()
    story.visitor_writes()
    story.agent_writes()
    story.stack.restart_web()
    talk_on(story)


def test_redis_loses_its_memory(story: Story) -> None:
    story.visitor_writes()
    story.stack.restart_redis_with_its_memory_lost()
    story.agent_writes()
    talk_on(story)


def test_postgres_is_restarted(story: Story) -> None:
    story.visitor_writes()
    story.wait_for_answers()
    story.stack.restart_postgres()
    story.agent_writes()
    talk_on(story)


def test_sockets_are_blocked(
    stack: Stack, open_window: OpenWindow, signed_in: StorageState
) -> None:
    windows = open_window(), open_window(storage_state=signed_in)
    for window in windows:
        window.route_web_socket("**/ws/**", lambda socket: socket.close())
    visitor, agent = Visitor(windows[0].new_page()), Agent(windows[1].new_page())
    visitor.open_shop()
    visitor.open_chat()
    agent.open_console()
    story = Story(stack, visitor, agent)
    expect(agent.page.get_by_text("Slow connection").filter(visible=True)).to_be_visible()
    talk_on(story)
    talk_on(story)


def test_the_web_process_is_killed_between_commit_and_announcement(story: Story) -> None:
    story.check()
    stack = story.stack
    newest = stack.value(NEWEST)
    with stack.announcements_held():
        story.visitor_writes()
        assert processes.wait_until(lambda: stack.value(UNSENT, newest) > 0, 20)
        stack.kill_web()
    assert stack.value(UNSENT, newest) > 0
    relayed = stack.log().count("live.relayed")
    stack.restart_web()
    expect(story.agent.bubbles).to_have_count(3)
    assert processes.wait_until(lambda: stack.value(UNSENT, newest) == 0, 15)
    assert stack.log().count("live.relayed") > relayed
    talk_on(story)
