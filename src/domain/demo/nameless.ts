// Questions of the demo programme without a name, before the coming event: nobody here knows who.

export const namelessQuestions: readonly { text: string; ballots: number }[] = [
  {
    text: 'I nod when people say “model”. What is one, in a sentence I could repeat at dinner?',
    ballots: 10,
  },
  { text: 'Do you think we are too old to learn this, and would you tell us?', ballots: 7 },
  { text: 'Which of our weekly meetings would you simply not come to?', ballots: 6 },
  { text: 'Is it rude that I still ask my assistant to print things?', ballots: 3 },
  { text: 'What do you talk about when none of us is in the room?', ballots: 3 },
  { text: 'How do I say in front of my team that I have never used any of it?', ballots: 2 },
];
