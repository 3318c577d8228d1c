#!/usr/bin/python3
"""Holds deploy/aws/template.yaml against itself and the program, and deploy/local.env.example against its settings.

Each variable is a setting that the sources read, each action one that they call (or that Lambda takes in a role's name),
each handler one that they know; each name that is referred to exists, and each that is made is used. Prints a line for each
breach, and exits with 1.

    tools/check_template.py [--json] [TEMPLATE]

With --json it prints the template as JSON instead, its short forms written out. Debian's Python, for Debian's PyYAML."""

import graphlib
import json
import pathlib
import re
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "deploy/aws/template.yaml"
LOCAL = ROOT / "deploy/local.env.example"

# What AWS itself does in the name of a role, or lets strangers do: the program calls none of it.
OF_LAMBDA = {
    "sts:AssumeRole", "logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage", "lambda:InvokeFunctionUrl",
    "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
}
SECRET = re.compile(r"DATABASE_URL|SECRET|PASSWORD|TOKEN")
PSEUDO = "AWS::"
TIMEOUTS = {"api": 30, "worker": 900}


class Loader(yaml.SafeLoader):
    """Writes short forms out: !Ref X is {"Ref": "X"}, !Sub X {"Fn::Sub": "X"}."""


def written_out(loader, suffix, node):
    value = {yaml.ScalarNode: loader.construct_scalar, yaml.SequenceNode: lambda n: loader.construct_sequence(n, deep=True),
             yaml.MappingNode: lambda n: loader.construct_mapping(n, deep=True)}[type(node)](node)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else "Fn::" + suffix: value}


Loader.add_multi_constructor("!", written_out)


class Sources:
    """What src/ says, by its text."""

    def __init__(self):
        files = [file for pattern in ("app/config*.cpp", "app/lambda*.cpp", "aws/*.cpp")
                 for file in (ROOT / "src").glob(pattern) if not file.stem.endswith("_test")]
        texts = {file: re.sub(r"^\s*//.*$", "", file.read_text(), flags=re.M) for file in files}
        settings = "".join(text for file, text in texts.items() if not file.stem.startswith("lambda"))
        self.settings = set(re.findall(r'"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"', settings))
        self.handlers = set(re.findall(r'handler\s*==\s*"(\w+)"', "".join(texts.values())))
        calls = "".join(text for file, text in texts.items() if file.parent.name == "aws")
        self.actions = set(re.findall(r'\b([a-z][a-z0-9-]+:[A-Z][a-z]+[A-Z][A-Za-z]+)\b', calls))


def uses(node, place, conditions=frozenset()):
    """(kind, name, conditions, place) of each reference; the conditions are those under which it counts."""
    if isinstance(node, list):
        for number, child in enumerate(node):
            yield from uses(child, f"{place}[{number}]", conditions)
    if not isinstance(node, dict):
        return
    for key, child in node.items():
        if key == "Ref":
            yield "name", child, conditions, place
        elif key == "Fn::GetAtt":
            yield "attribute", child[0], conditions, place
        elif key == "Fn::Sub":
            text, given = (child, {}) if isinstance(child, str) else child
            yield from uses(given, place, conditions)
            for name in re.findall(r"\$\{([^!}][^}]*)\}", text):
                if name not in given:
                    yield "attribute" if "." in name else "name", name.split(".")[0], conditions, place
        elif key == "Fn::If":
            yield "condition", child[0], conditions, place
            yield from uses(child[1], place, conditions | {child[0]})
            yield from uses(child[2], place, conditions)
        elif key == "Condition" and isinstance(child, str):
            yield "condition", child, conditions, place
        else:
            yield from uses(child, f"{place}.{key}" if place else key, conditions)


def check_names(template):
    parameters, resources = template["Parameters"], template["Resources"]
    conditions = template.get("Conditions", {})
    used, needs = set(), {name: set() for name in resources}
    for part in ("Conditions", "Globals", "Resources", "Outputs"):
        for entry, node in template.get(part, {}).items():
            own = {node["Condition"]} if part in ("Resources", "Outputs") and "Condition" in node else set()
            for kind, name, under, place in uses(node, f"{part}.{entry}", frozenset(own)):
                used.add(name)
                known = {"name": {**parameters, **resources}, "attribute": resources, "condition": conditions}[kind]
                if name not in known and not (kind == "name" and name.startswith(PSEUDO)):
                    yield f"{place}: there is no {kind} {name}"
                wanted = resources.get(name, {}).get("Condition") if kind != "condition" else None
                if wanted and wanted not in under:
                    yield f"{place}: {name} is not there where {wanted} does not hold"
                if part == "Resources" and name in resources and kind != "condition":
                    needs[entry].add(name)
    for name in parameters.keys() | conditions.keys():
        if name not in used:
            yield f"{name} is used nowhere"
    try:
        graphlib.TopologicalSorter(needs).prepare()
    except graphlib.CycleError as cycle:
        yield f"Resources: a circle: {' <- '.join(cycle.args[1])}"


def check_secrets(template):
    secrets = {name for name, parameter in template["Parameters"].items() if parameter.get("NoEcho") in (True, "true")}
    for name in sorted(secrets):
        if template["Parameters"][name].get("Default"):
            yield f"Parameters.{name}: a secret with a default"
    for where, value in variables(template):
        if SECRET.search(where.rsplit(".", 1)[1]) and value.get("Ref") not in secrets:
            yield f"{where}: not of a parameter with NoEcho"
    for part in ("Outputs", "Metadata", "Mappings"):
        for _, name, _, place in uses(template.get(part, {}), part):
            if name in secrets:
                yield f"{place}: shows the secret {name}"
    for name, resource in template["Resources"].items():
        for _, used, _, place in uses(resource, f"Resources.{name}"):
            if used in secrets and ".Environment.Variables." not in place:
                yield f"{place}: the secret {used} belongs into the variables alone"


def functions(template):
    return {name: resource["Properties"] for name, resource in template["Resources"].items()
            if resource["Type"] == "AWS::Serverless::Function"}


def variables(template):
    owners = {"Globals.Function": template["Globals"]["Function"]} | functions(template)
    for owner, properties in owners.items():
        for name, value in properties.get("Environment", {}).get("Variables", {}).items():
            yield f"{owner}.Environment.Variables.{name}", value if isinstance(value, dict) else {}


def check_functions(template, sources):
    handlers = {properties["Handler"]: properties for properties in functions(template).values()}
    for handler in sorted(handlers.keys() - sources.handlers):
        yield f"the handler {handler} is none that src/app/lambda.cpp knows"
    for handler in sorted(sources.handlers - handlers.keys()):
        yield f"no function has the handler {handler}, which src/app/lambda.cpp knows"
    for handler, seconds in TIMEOUTS.items():
        if handlers.get(handler, {}).get("Timeout") != seconds:
            yield f"the timeout of {handler} is not {seconds} s"
    if handlers.get("worker", {}).get("RecursiveLoop") != "Allow":
        yield "the worker goes on by invoking itself, and RecursiveLoop is not Allow"
    package = pathlib.Path(template["Globals"]["Function"]["CodeUri"])
    if (TEMPLATE.parent / package).resolve().parent != ROOT / "build/lambda" or \
            f'"{package.name}"' not in (ROOT / "tools/package_lambda").read_text():
        yield f"Globals.Function.CodeUri: {package} is not what tools/package_lambda makes"
    for where, _ in variables(template):
        name = where.rsplit(".", 1)[1]
        if name not in sources.settings:
            yield f"{where}: {name} is no setting"


def statements(node):
    """(actions, resources) of each statement of a policy, and of each permission."""
    if isinstance(node, list):
        for child in node:
            yield from statements(child)
    elif isinstance(node, dict):
        if isinstance(node.get("Action"), (str, list)):
            actions, resources = node["Action"], node.get("Resource", [])
            yield ([actions] if isinstance(actions, str) else actions), resources
        for child in node.values():
            yield from statements(child)


def check_actions(template, sources):
    granted = set()
    for actions, resources in statements(template["Resources"]):
        if resources:
            granted.update(actions)
        anything = resources == "*" or "*" in resources
        for action in actions:
            if action not in sources.actions | OF_LAMBDA:
                yield f"{action} is no action that src/aws calls"
            if anything and not action.startswith("ec2:"):
                yield f"{action} is allowed on everything"
    for action in sorted(sources.actions - granted):
        yield f"src/aws calls {action}, which no role may"


def check_schedule(template):
    schedules = [resource["Properties"] for resource in template["Resources"].values()
                 if resource["Type"] == "AWS::Scheduler::Schedule"]
    for schedule in schedules:
        try:
            event = json.loads(schedule["Target"].get("Input", ""))
        except ValueError:
            event = None
        if event != {"scheduled": True}:
            yield 'the schedule does not send {"scheduled": true}'
        state = template["Parameters"].get(schedule.get("State", {}).get("Ref"), {})
        if state.get("Default") != "DISABLED":
            yield "the schedule is not off unless it is asked for"
    if len(schedules) != 1:
        yield f"{len(schedules)} schedules"


def check_local(sources):
    for number, line in enumerate(LOCAL.read_text().splitlines(), 1):
        setting = re.match(r"#?([A-Z][A-Z0-9_]*)=", line)
        if setting and setting[1] not in sources.settings:
            yield f"{LOCAL.relative_to(ROOT)}:{number}: {setting[1]} is no setting"


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--json"]
    file = pathlib.Path(arguments[0]) if arguments else TEMPLATE
    template = yaml.load(file.read_text(), Loader)
    if "--json" in sys.argv:
        print(json.dumps(template, default=str))
        return 0
    sources = Sources()
    breaches = [f"{file.name}: {breach}" for check in (
        check_names(template), check_secrets(template), check_functions(template, sources), check_actions(template, sources),
        check_schedule(template)) for breach in check]
    breaches = dict.fromkeys([*breaches, *check_local(sources)])
    print("\n".join(breaches), end="\n" if breaches else "")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
