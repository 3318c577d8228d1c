// Shapes of JSON, declared: what does not fit is told with its path ("$.runs[3].status").
import assert from 'node:assert/strict';

const told = (value) => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};

// A shape notes in `misfits` what of `value`, which stands at `path`, is not as it should be.
const when = (what, holds) => (value, path, misfits) => {
  if (!holds(value)) misfits.push(`${path} should be ${what}, and is ${told(value)}`);
};

export const text = when('a text', (value) => typeof value === 'string');
export const words = when('a text that is not empty', (value) => typeof value === 'string' && value !== '');
export const flag = when('true or false', (value) => typeof value === 'boolean');
export const integer = when('a whole number', Number.isSafeInteger);
export const count = when('a whole number from 0', (value) => Number.isSafeInteger(value) && value >= 0);
export const id = when('an id', (value) => Number.isSafeInteger(value) && value > 0);
export const millis = when('milliseconds since 1970',
  (value) => Number.isSafeInteger(value) && value > 1_500_000_000_000 && value < 10_000_000_000_000);
export const time = when('a time in UTC with milliseconds and Z', (value) => typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value)));
export const anything = () => {};
export const exactly = (wanted) => when(told(wanted), (value) => value === wanted);
export const oneOf = (...values) => when(`one of ${values.join(', ')}`, (value) => values.includes(value));
export const matching = (pattern) => when(`a text like ${pattern}`,
  (value) => typeof value === 'string' && pattern.test(value));

export const maybe = (shape) => (value, path, misfits) => {
  if (value !== null) shape(value, path, misfits);
};

export const either = (...shapes) => (value, path, misfits) => {
  const tries = shapes.map((shape) => {
    const found = [];
    shape(value, path, found);
    return found;
  });
  if (tries.every((found) => found.length > 0)) misfits.push(...tries[0]);
};

export const list = (shape) => (value, path, misfits) => {
  if (!Array.isArray(value)) misfits.push(`${path} should be a list, and is ${told(value)}`);
  else value.forEach((item, index) => shape(item, `${path}[${index}]`, misfits));
};

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const member = (path, name) => (/^\w+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`);

// Any names, all of one shape.
export const mapOf = (shape) => (value, path, misfits) => {
  if (!isObject(value)) misfits.push(`${path} should be an object, and is ${told(value)}`);
  else for (const [name, item] of Object.entries(value)) shape(item, member(path, name), misfits);
};

// Exactly these names, and of `extra` any.
export const object = (shapes, extra = {}) => (value, path, misfits) => {
  if (!isObject(value)) {
    misfits.push(`${path} should be an object, and is ${told(value)}`);
    return;
  }
  for (const [name, shape] of Object.entries(shapes)) {
    if (!Object.hasOwn(value, name)) misfits.push(`${member(path, name)} is missing`);
    else shape(value[name], member(path, name), misfits);
  }
  for (const [name, item] of Object.entries(value)) {
    if (Object.hasOwn(shapes, name)) continue;
    if (Object.hasOwn(extra, name)) extra[name](item, member(path, name), misfits);
    else misfits.push(`${member(path, name)} is not in the contract: ${told(item)}`);
  }
};

export function misfitsOf(value, shape) {
  const misfits = [];
  shape(value, '$', misfits);
  return misfits;
}

// Gives the value back, so that a check can stand in an expression.
export function fits(value, shape) {
  const misfits = misfitsOf(value, shape);
  const more = misfits.length > 10 ? `\n… and ${misfits.length - 10} more` : '';
  assert.equal(misfits.length, 0, misfits.slice(0, 10).join('\n') + more);
  return value;
}
