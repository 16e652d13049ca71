import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Command, HsaId, ProcessEvent, Todo, TodoRemarks, TodoUpdate } from '../vocabulary.js';
import type { TodoKinds } from './kind-of-todo.js';
import { updated, updateOf } from './updating.js';

/** What a unit does with its to-do in a stream of no case. */
export type TodoCommandOfNoCase =
  | Command<'complete-todo', { readonly key: string } & TodoRemarks>
  | Command<'update-todo', { readonly key: string } & TodoUpdate>;

export type TodoEventOfNoCase =
  | ProcessEvent<'TodoCompleted', { readonly key: string; readonly unit: HsaId }>
  | ProcessEvent<'TodoUpdated', { readonly key: string; readonly unit: HsaId } & TodoUpdate>;

type Todos = Readonly<Record<string, Todo>>;

/**
 * To-dos where no case says who may (ORG-4, ORG-5, ORG-12): each is done by its own unit, by a role with its responsibility, and takes how far
 * the unit has come and nothing in words (PAT-6).
 */
export function todosOfNoCase(kinds: TodoKinds) {
  return {
    decide(command: TodoCommandOfNoCase, todos: Todos): Decision<TodoEventOfNoCase> {
      const { at, by } = command;
      const { key, ...update } = command.data;
      const todo = Object.hasOwn(todos, key) ? todos[key] : undefined;
      if (by.kind !== 'user') return reject('user-required');
      if (todo === undefined) return reject('no-such-todo');
      if (todo.unit !== by.unit) return reject('todo-of-another-unit');
      if (!by.responsibilities.includes(todo.responsibility))
        return reject('role-lacks-responsibility', { values: { responsibility: todo.responsibility } });
      const { news, rejection } = updateOf(kinds, { ...todo, personal: false }, update);
      if (rejection !== undefined) return { rejection };
      if (command.type === 'update-todo') {
        if (news === undefined) return accept();
        return accept({ type: 'TodoUpdated', at, by, data: { key, unit: by.unit, ...news } });
      }
      if (todo.state === 'cancelled') return reject('todo-ended', { field: 'progress' });
      if (todo.state === 'completed') return accept();
      return accept({ type: 'TodoCompleted', at, by, data: { key, unit: by.unit } });
    },

    evolve(todos: Todos, event: TodoEventOfNoCase): Todos {
      const { key, unit: _unit, ...update } = event.data;
      const todo = todos[key];
      if (todo === undefined) return todos;
      const next: Todo =
        event.type === 'TodoUpdated'
          ? updated(todo, update, event)
          : { ...todo, state: 'completed', endedAt: event.at, endedBy: event.by };
      return { ...todos, [key]: next };
    },
  };
}
