import { table } from '../rejections/rejection-text.js';

/** Why a unit cannot write a message, or annul one. */
export const messageRejections = table({
  'no-messages-here': {
    rule: 'MSG-1',
    sv: 'I ärenden av det här slaget skrivs inga meddelanden.',
    en: 'No messages are written in cases of this kind.',
  },
  'message-in-draft': {
    rule: 'MSG-1',
    sv: 'Meddelanden kan skickas först när ärendet har delats med de andra enheterna.',
    en: 'Messages are sent once the case has been shared with the other units.',
  },
  'message-without-text': {
    rule: 'MSG-1',
    sv: 'Meddelandet saknar text.',
    en: 'The message has no text.',
  },
  'answer-beyond-thread': {
    rule: 'MSG-1',
    sv: 'Meddelandet som ni svarar på är riktat och {unit} kan inte läsa det. Svara dem som kan, eller skriv ett nytt meddelande.',
    en: 'The message that is answered was directed, and {unit} does not read it. Answer those who do, or write a message of its own.',
  },
  'circles-full': {
    rule: 'MSG-1',
    sv: 'Riktade meddelanden har skickats till så många olika grupper av enheter som ett ärende får ha ({most}). Skicka till en av dem eller till alla.',
    en: 'Directed messages were sent to as many different groups of units as a case may have ({most}). Send to one of these, or to all.',
  },
  'messages-full': {
    rule: 'MSG-1',
    sv: 'Enheterna har skrivit så många meddelanden som ett ärende får ha ({most}), och er enhet har skickat sin del av dem. Avsluta ärendet, och öppna ett nytt om planeringen fortsätter.',
    en: 'The units have written as many messages as a case may have ({most}), and the unit has sent its share of them. End the case, and open a new one where the planning goes on.',
  },
  'message-beyond-case': {
    rule: 'MSG-7',
    sv: '{unit} deltar inte i ärendet och kan inte läggas till genom ett meddelande.',
    en: '{unit} does not take part in the case and cannot be added through a message.',
  },
  'acknowledgement-beyond-message': {
    rule: 'MSG-2',
    sv: '{unit} får inte meddelandet och kan inte kvittera det.',
    en: '{unit} does not get the message and cannot acknowledge it.',
  },
  'acknowledgement-always-asked': {
    rule: 'MSG-2',
    sv: 'Kvittens ska begäras från minst en enhet.',
    en: 'Acknowledgement is to be asked from at least one unit.',
  },
  'acknowledgement-from-all': {
    rule: 'MSG-2',
    sv: 'Alla som får meddelandet ska kvittera det: {unit} saknas.',
    en: 'All who get the message are to acknowledge it: {unit} is missing.',
  },
  'annulled-by-sender-alone': {
    rule: 'MSG-3',
    forbidden: true,
    sv: 'Meddelandet kan bara makuleras av den enhet som skickade det.',
    en: 'The message is annulled by the unit that sent it alone.',
  },
  'message-after-stay': {
    rule: 'MSG-9',
    sv: 'Meddelanden skickas bara under pågående vårdtillfälle.',
    en: 'Messages are sent only while the stay goes on.',
  },
});
