"""Sections that nobody has told yet: the site does not copy their evidence, it leads to it."""

from __future__ import annotations

from dataclasses import replace

from scc_eval.story.scribe import Scribe
from scc_eval.story.view import Line, Packet, Section, Story, Topic


def shorten_drafts(scribe: Scribe, story: Story) -> Story:
    """The same story, where a topic drafted from items names their codes in place of their text."""
    return replace(story, packets=tuple(_packet(scribe, packet) for packet in story.packets))


def _packet(scribe: Scribe, packet: Packet) -> Packet:
    return replace(packet, sections=tuple(_section(scribe, each) for each in packet.sections))


def _section(scribe: Scribe, section: Section) -> Section:
    return replace(section, topics=tuple(_topic(scribe, topic) for topic in section.topics))


def _topic(scribe: Scribe, topic: Topic) -> Topic:
    if not topic.is_draft:
        return topic
    count = len(topic.lines)
    told = scribe.word("site", "drafted_one" if count == 1 else "drafted_many", count=count)
    codes = scribe.citations(line.id for line in topic.lines)
    return replace(topic, lines=(Line("", "", told, codes),))
