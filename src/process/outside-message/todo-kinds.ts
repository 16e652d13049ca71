import { caseTodoKinds } from '../case/todo-kinds.js';
import { messageTodoKinds } from '../message/message-todos.js';
import { todoRows } from '../todo/kind-of-todo.js';

const toldKinds = todoRows({
  // About nobody: the unit may read nothing of the person any more
  'stop-what-was-asked': {
    rules: ['CON-8'],
    responsibility: 'acknowledge',
    sv: 'Samtycket till meddelandet har tagits tillbaka: avsluta det som meddelandet gällde, det finns inget mer att göra',
    en: 'The consent to the message was taken back: stop what it was about, there is nothing more to do',
  },
  // About nobody: it stays when the unit may not read the message any more
  'stop-what-was-annulled': {
    rules: ['MSG-3'],
    responsibility: 'acknowledge',
    sv: 'Meddelandet har makulerats av avsändaren: avsluta det som meddelandet gällde',
    en: 'The sender has annulled the message: stop what it was about',
  },
});

/** The kinds of to-do of a message outside every case: to acknowledge it, and what its units are told when it closes (PAT-6, CON-8). */
export const outsideMessageTodoKinds = {
  ...messageTodoKinds,
  'continue-by-telephone': caseTodoKinds['continue-by-telephone'],
  ...toldKinds,
};
