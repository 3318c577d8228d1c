// Holds a template, as JSON on stdin, against AWS's published schema of its resources: properties and attributes that
// exist, those that must be there, kinds of values, and words of closed sets. Prints a line for each breach, and exits
// with 1.
import { readFileSync } from 'node:fs';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const schema = loadAwsServiceSpecSync();
const template = JSON.parse(readFileSync(0, 'utf8'));

const FUNCTION = 'AWS::Serverless::Function';
// SAM hands these on to the function that it makes; its own part of the schema does not name them yet.
const HANDED_ON = ['RecursiveLoop', 'LoggingConfig'];

const resourceOf = (type) => schema.lookup('resource', 'cloudFormationType', 'equals', type)[0];

function propertiesOf(type) {
  const own = resourceOf(type)?.properties;
  if (type !== FUNCTION) return own;
  const made = resourceOf('AWS::Lambda::Function').properties;
  return { ...own, ...Object.fromEntries(HANDED_ON.map((name) => [name, made[name]])) };
}

const isIntrinsic = (value) => {
  const keys = value !== null && typeof value === 'object' ? Object.keys(value) : [];
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
};

// What a value at `place` may turn out to be, where the template says it. A resource's condition may rule out some words of
// a parameter.
function outcomes(value, place) {
  if (!isIntrinsic(value)) return [value];
  if (value['Fn::If']) return value['Fn::If'].slice(1).flatMap((branch) => outcomes(branch, place));
  return template.Resources[place.split('.')[0]].Condition ? [] : template.Parameters[value.Ref]?.AllowedValues ?? [];
}

const isNumber = (value) => typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const KINDS = {
  string: (value) => ['string', 'number', 'boolean'].includes(typeof value),
  number: isNumber,
  integer: isNumber,
  boolean: (value) => [true, false, 'true', 'false'].includes(value),
  array: Array.isArray,
  map: isObject,
  json: (value) => isObject(value) || typeof value === 'string',
  tag: Array.isArray,
  'date-time': (value) => typeof value === 'string',
};

function* checkValue(value, type, place) {
  if (isIntrinsic(value)) {
    for (const outcome of outcomes(value, place)) yield* checkValue(outcome, type, place);
  } else if (type.type === 'union') {
    // The choice that fits best tells what is wrong.
    const choices = type.types.map((choice) => [...checkValue(value, choice, place)]);
    yield* choices.reduce((least, found) => (found.length < least.length ? found : least));
  } else if (type.type === 'ref') {
    const definition = schema.get('typeDefinition', type.reference.$ref);
    if (!isObject(value)) yield `${place}: must be a ${definition.name}`;
    // An event of SAM's says by its type what the rest is.
    else if (definition.name === 'EventSource') yield* checkEvent(value, type, place);
    else yield* checkProperties(value, definition.properties, place);
  } else if (KINDS[type.type] && !KINDS[type.type](value)) {
    yield `${place}: must be of the kind ${type.type}, and is ${JSON.stringify(value)}`;
  } else if (type.allowedValues && !type.allowedValues.map(String).includes(String(value))) {
    yield `${place}: ${value} is none of ${type.allowedValues.join(', ')}`;
  } else if (type.type === 'array') {
    for (const [number, element] of value.entries()) yield* checkValue(element, type.element, `${place}[${number}]`);
  } else if (type.type === 'map') {
    for (const [key, element] of Object.entries(value)) yield* checkValue(element, type.element, `${place}.${key}`);
  }
}

function* checkEvent(event, type, place) {
  const [definition] = schema.follow('usesType', resourceOf(FUNCTION)).map(({ entity }) => entity)
    .filter(({ name }) => name === `${event.Type}Event`);
  if (!definition) yield `${place}: there is no event ${event.Type}`;
  else yield* checkProperties(event.Properties ?? {}, definition.properties, `${place}.Properties`);
}

function* checkProperties(given, known, place) {
  for (const [name, value] of Object.entries(given)) {
    if (!known[name]) yield `${place}: there is no property ${name}`;
    else yield* checkValue(value, known[name].type, `${place}.${name}`);
  }
  for (const [name, property] of Object.entries(known))
    if (property.required && given[name] === undefined) yield `${place}: lacks ${name}`;
}

function* checkAttributes(node, place) {
  if (Array.isArray(node)) for (const child of node) yield* checkAttributes(child, place);
  if (!isObject(node)) return;
  for (const [key, child] of Object.entries(node)) {
    if (key === 'Fn::GetAtt') {
      const type = template.Resources[child[0]]?.Type;
      const attributes = resourceOf(type === FUNCTION ? 'AWS::Lambda::Function' : type)?.attributes;
      if (attributes && !attributes[child[1]]) yield `${place}: ${type} has no attribute ${child[1]}`;
    }
    yield* checkAttributes(child, `${place}.${key}`);
  }
}

// An intrinsic as the only entry of a mapping is no mapping to add to.
function merged(given, more) {
  if (!isObject(given) || !isObject(more) || isIntrinsic(given) || isIntrinsic(more)) return more;
  const all = { ...given };
  for (const [key, value] of Object.entries(more)) all[key] = key in given ? merged(given[key], value) : value;
  return all;
}

function* breaches() {
  for (const [name, resource] of Object.entries(template.Resources)) {
    const known = propertiesOf(resource.Type);
    if (!known) {
      yield `${name}: there is no ${resource.Type}`;
      continue;
    }
    const globals = resource.Type === FUNCTION ? template.Globals.Function : {};
    yield* checkProperties(merged(globals, resource.Properties), known, name);
  }
  yield* checkAttributes({ ...template.Resources, ...template.Outputs }, 'template');
}

const found = [...new Set(breaches())];
for (const breach of found) console.log(`template.yaml: ${breach}`);
process.exitCode = found.length > 0 ? 1 : 0;
