/** A module of Python that reads prompt files when a program runs: what `formats/bedrockPrompt` reads, as a request of Converse. */
export const pythonReader = String.raw`"""Reads prompt files (*.bedrock.md) as requests of Converse on Amazon Bedrock. Needs PyYAML."""

import json
import re
from pathlib import Path

import yaml

_OWN = {"name", "description", "variables", "samples", "static", "traffic"}
_ROLE = re.compile(r"#?[ \t]*(system|user|assistant)[ \t]*:[ \t]*", re.I)
_MARKER = re.compile(r"<!--[ \t]*cachePoint(?:[ \t]+ttl[ \t]*=[ \t]*[\"']?([^\s\"']+)[\"']?)?[ \t]*-->[ \t]*")
_IGNORE = re.compile(r"<!--[ \t]*cachepoint-ignore\b.*-->[ \t]*")
_FILE = re.compile(r"(!?)\[([^\]]*)\]\((?:<([^<>]+)>|([^\s()<>]+))\)[ \t]*")
_FENCE = re.compile(r" {0,3}(${'`'}{3,}|~{3,})(.*)")
_HOLE = re.compile(r"\\\{\{|\{\{[ \t]*([A-Za-z_][\w.-]*)[ \t]*\}\}|\{\{>([^\r\n{}]+)\}\}", re.A)
_IMAGES = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp"}
_DOCUMENTS = {"pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"}


def load_prompt(path, **values):
    """The request that a prompt file makes with these values; its path is relative to this module."""
    file = Path(__file__).parent / path
    text = _read(file)
    front, body = _parts(text)
    variables = front.get("variables") or {}
    for name, one in variables.items():
        one = one if isinstance(one, dict) else {}
        fixed = _included(file.parent / one["file"]) if "file" in one else one.get("value", one.get("default"))
        if fixed is not None:
            values.setdefault(name, fixed)
    request = {key: value for key, value in front.items() if key not in _OWN}
    tools = request.get("toolConfig")
    if isinstance(tools, str):
        tools = yaml.safe_load(_read(file.parent / tools))
        tools = tools.get("toolConfig", tools) if isinstance(tools, dict) else tools
    if tools is not None:
        request["toolConfig"] = {"tools": tools} if isinstance(tools, list) else tools
    system, messages = [], []
    for role, lines in _sections(body):
        blocks = _blocks(role, lines, file, values)
        if role == "system":
            system += blocks
        elif messages and messages[-1]["role"] == role:
            messages[-1]["content"] += blocks
        else:
            messages.append({"role": role, "content": blocks})
    return {**request, **({"system": system} if system else {}), "messages": messages}


def _read(file):
    return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def _included(file):
    return _read(file).rstrip("\n")


def _parts(text):
    found = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.S | re.M)
    return (yaml.safe_load(found[1]) or {}, text[found.end() :]) if found else ({}, text)


def _fences(lines):
    """For each line that opens a fence, the line that closes it."""
    ends, at = {}, 0
    while at < len(lines):
        opened = _FENCE.fullmatch(lines[at])
        if opened and not (opened[1][0] == "${'`'}" and "${'`'}" in opened[2]):
            close = re.compile(r" {0,3}" + re.escape(opened[1][0]) + "{%d,}[ \t]*" % len(opened[1]))
            end = next((line for line in range(at + 1, len(lines)) if close.fullmatch(lines[line])), None)
            if end is not None:
                ends[at] = end
                at = end
        at += 1
    return ends


def _sections(body):
    lines = body.split("\n")
    ends = _fences(lines)
    sections, at = [("system", [])], 0
    while at < len(lines):
        end = ends.get(at, at)
        role = _ROLE.fullmatch(lines[at].lstrip(" \t")) if end == at else None
        if role:
            sections.append((role[1].lower(), []))
        else:
            sections[-1][1].append(lines[at : end + 1])
        at = end + 1
    return [section for section in sections if section[0] != "system" or any(line != [""] for line in section[1])]


def _blocks(role, parts, file, values):
    blocks, text = [], []

    def close():
        while text and not text[0].strip():
            text.pop(0)
        while text and not text[-1].strip():
            text.pop()
        if text:
            blocks.append({"text": _fill("\n".join(text), file, values)})
        text.clear()

    for part in parts:
        line = part[0].lstrip(" \t")
        if len(part) > 1:
            fence = _FENCE.fullmatch(part[0])
            if fence[2].strip() != "converse":
                text.extend(part)
                continue
            close()
            blocks.append(_filled(json.loads("\n".join(part[1:-1])), file, values))
        elif _IGNORE.fullmatch(line):
            continue
        elif found := _MARKER.fullmatch(line):
            close()
            blocks.append({"cachePoint": {"type": "default", **({"ttl": found[1]} if found[1] else {})}})
        elif role != "system" and (block := _file(line, file)):
            close()
            blocks.append(block)
        else:
            escaped = line.startswith("\\") and _ROLE.fullmatch(line[1:])
            text.append(part[0].replace("\\", "", 1) if escaped else part[0])
    close()
    return blocks


def _file(line, file):
    found = _FILE.fullmatch(line)
    target = (found[3] or found[4]) if found else ""
    ending = target.rpartition(".")[2].lower()
    if "{{" in target or (re.match(r"[a-z][a-z\d+.-]+:", target, re.I) and not target.startswith("s3://")):
        return None
    source = {"s3Location": {"uri": target}} if target.startswith("s3://") else None
    if found and found[1] and ending in _IMAGES:
        return {"image": {"format": _IMAGES[ending], "source": source or {"bytes": (file.parent / target).read_bytes()}}}
    if found and not found[1] and ending in _DOCUMENTS:
        name = found[2] if found[2].strip() else re.sub(r"[^A-Za-z0-9\s\-()\[\]]", "-", Path(target).stem)
        return {"document": {"format": ending, "name": name, "source": source or {"bytes": (file.parent / target).read_bytes()}}}
    return None


def _fill(text, file, values):
    def hole(found):
        if found[1]:
            return str(values[found[1]])
        if found[2]:
            other = file.parent / found[2].strip()
            return _fill(_included(other), other, values)
        return "{{"

    return _HOLE.sub(hole, text)


def _filled(value, file, values):
    if isinstance(value, str):
        return _fill(value, file, values)
    if isinstance(value, list):
        return [_filled(item, file, values) for item in value]
    return {key: _filled(item, file, values) for key, item in value.items()} if isinstance(value, dict) else value
`;
