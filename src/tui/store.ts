/** Holds one value and says when it changed. */
export interface Store<T> {
  get(): T;
  /** Replaces the value by one made from the present one. */
  update(change: (value: T) => T): void;
}

/** A store; `onChange` is called after each change. */
export function createStore<T>(initial: T, onChange: () => void): Store<T> {
  let value = initial;
  return {
    get: () => value,
    update(change) {
      const next = change(value);
      if (next === value) return;
      value = next;
      onChange();
    },
  };
}
