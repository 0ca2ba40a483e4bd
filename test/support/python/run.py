"""Runs programs with stand-ins for the clients that they import, and prints what each of them sends, as JSON."""

import base64
import inspect
import json
import re
import sys
import types

captured = {}


def send(**request):
    captured.clear()
    captured.update(request)
    return captured


def module(name, **members):
    made = types.ModuleType(name)
    made.__dict__.update(members)
    sys.modules[name] = made


class Runtime:
    def converse(self, **request):
        return send(**request)

    def invoke_model(self, modelId, body):
        return send(model=modelId, **json.loads(body))


def client(service):
    assert service == "bedrock-runtime"
    return Runtime()


class Messages:
    def create(self, extra_body=None, **request):
        return send(anthropic_version="bedrock-2023-05-31", **request, **(extra_body or {}))


class AnthropicBedrock:
    messages = Messages()


def inference(max_tokens=None, temperature=None, top_p=None, stop_sequences=None):
    given = {"maxTokens": max_tokens, "temperature": temperature, "topP": top_p, "stopSequences": stop_sequences}
    config = {name: value for name, value in given.items() if value is not None}
    return {"inferenceConfig": config} if config else {}


class BedrockModel:
    def __init__(self, model_id, additional_request_fields=None, **config):
        self.request = {"modelId": model_id, **inference(**config)}
        if additional_request_fields is not None:
            self.request["additionalModelRequestFields"] = additional_request_fields


class Agent:
    def __init__(self, model, messages, callback_handler, system_prompt=None):
        self.request = {**model.request, "messages": messages}
        if system_prompt is not None:
            self.request["system"] = system_prompt

    def __call__(self):
        return send(**self.request)


class Message:
    def __init__(self, content, **more):
        self.content = content
        self.__dict__.update(more)


class SystemMessage(Message):
    pass


class HumanMessage(Message):
    pass


class AIMessage(Message):
    pass


class ToolMessage(Message):
    pass


def camel(name):
    first, *others = name.split("_")
    return first + "".join(part.title() for part in others)


def with_camel_names(value):
    if isinstance(value, list):
        return [with_camel_names(item) for item in value]
    return {camel(name): with_camel_names(item) for name, item in value.items()} if isinstance(value, dict) else value


def block(part):
    if "type" not in part:
        return part
    kind = part["type"]
    if kind == "text":
        return {"text": part["text"] if part["text"].strip() else "."}
    if kind == "tool_use":
        return {"toolUse": {"toolUseId": part["id"], "name": part["name"], "input": part["input"]}}
    return {kind: part[kind]}


def blocks(message):
    content = [block(part) for part in with_camel_names(message.content or [{"type": "text", "text": "."}])]
    content = [part for part in content if part.get("text", True)]
    for call in getattr(message, "tool_calls", []):
        for part in content:
            if part.get("toolUse", {}).get("toolUseId") == call["id"]:
                part["toolUse"].update(name=call["name"], input=call["args"])
    if not isinstance(message, ToolMessage):
        return content
    result = {"toolUseId": message.tool_call_id, "content": content}
    if hasattr(message, "status"):
        result["status"] = message.status
    return [{"toolResult": result}]


class ChatBedrockConverse:
    def __init__(self, model, additional_model_request_fields=None, guardrail_config=None, performance_config=None, request_metadata=None, **config):
        others = {
            "additionalModelRequestFields": additional_model_request_fields,
            "guardrailConfig": guardrail_config,
            "performanceConfig": performance_config,
            "requestMetadata": request_metadata,
        }
        self.request = {"modelId": model, **inference(**config), **{name: one for name, one in others.items() if one is not None}}

    def bind_tools(self, tools, tool_choice=None):
        for tool in tools:
            if "toolSpec" in tool:
                tool["toolSpec"]["description"] = tool["toolSpec"].get("description") or tool["toolSpec"]["name"]
        config = {"tools": tools}
        if tool_choice is not None:
            config["toolChoice"] = tool_choice
        self.request["toolConfig"] = config
        return self

    def invoke(self, messages):
        system, turns = [], []
        if messages and isinstance(messages[-1], AIMessage):
            for part in messages[-1].content:
                if part.get("type") == "text":
                    part["text"] = part["text"].rstrip()
        for message in messages:
            if isinstance(message, SystemMessage):
                system += blocks(message)
                continue
            role = "assistant" if isinstance(message, AIMessage) else "user"
            if turns and turns[-1]["role"] == role:
                turns[-1]["content"] += blocks(message)
            else:
                turns.append({"role": role, "content": blocks(message)})
        return send(**self.request, messages=turns, **({"system": system} if system else {}))


module("boto3", client=client)
module("anthropic", AnthropicBedrock=AnthropicBedrock)
module("strands", Agent=Agent)
module("strands.models", BedrockModel=BedrockModel)
module("langchain_aws", ChatBedrockConverse=ChatBedrockConverse)
module("langchain_core")
module("langchain_core.messages", SystemMessage=SystemMessage, HumanMessage=HumanMessage, AIMessage=AIMessage, ToolMessage=ToolMessage)


def value_of(name):
    return "‹" + re.sub("[^A-Za-z0-9]", "", name)[:30].lower() + "›"


def as_json(value):
    return base64.b64encode(value).decode()


def run(program):
    names = {}
    exec(compile(program, "program", "exec"), names)
    own = [one for one in names.values() if inspect.isfunction(one)]
    function = own[-1]
    function(**{name: value_of(name) for name in inspect.signature(function).parameters})
    return json.dumps(captured, default=as_json)


answers = [run(program) for program in json.load(sys.stdin)]
print("[" + ",".join(answers) + "]")
