// The sentences about a poll's numbers, without a DOM. live/polls/words.py writes the same ones for the first paint.

const FEWEST = 3;

export const percent = (part, whole) => (whole ? Math.floor((200 * part + whole) / (2 * whole)) : 0);

export function answered(answers, isOpen) {
  if (answers === 0) return isOpen ? "No one has answered yet." : "No one answered in this round.";
  return answers === 1 ? "1 person has answered." : `${answers} people have answered.`;
}

export const share = (part, whole) => `${part} of ${whole}, ${percent(part, whole)} %`;

export function waiting(answers, told) {
  if (answers === told || answers === 0) return "";
  if (told === 0) return `Results show once there are ${FEWEST} answers.`;
  return `${told} of ${answers} answers are shown: they appear in pairs, so that no one can tell whose is whose.`;
}

export function outcome(verdict, same, told) {
  return told ? `${verdict} ${same} of ${told} chose the same.` : `${verdict} Results show once there are ${FEWEST} answers.`;
}

export function present(answered, here) {
  if (here === 0) return "No learners are on this lesson right now.";
  return `${answered} of ${here} ${here === 1 ? "learner here has" : "learners here have"} answered.`;
}

// The bars of one round: `numbers` {option: n} as the server tells them, `options` those that the page has, in order.
export function bars(numbers, options) {
  const whole = options.reduce((sum, option) => sum + (numbers[option] ?? 0), 0);
  return options.map((option) => {
    const part = numbers[option] ?? 0;
    return { option, part, percent: percent(part, whole), words: share(part, whole) };
  });
}
