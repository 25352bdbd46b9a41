// Details of the invented trends, in Markdown. Lists show the first paragraph of each.

export const details: Readonly<Record<string, string>> = {
  'Agents doing office work': `Software that takes a task, not a click. Half of our own trainees already hand it their weekly report.

An agent gets a goal, reads what it needs, uses the same programs as you and comes back with a result. It is quick, and it is **wrong in ways a person would not be**.

## Why it reaches a manager’s desk
- It can order, book and pay, if someone lets it.
- It reads whatever the person who started it may read.
- Our suppliers use it on us already.

## What we would like to find out
1. Which task would each division hand over first?
2. Who signs when it goes wrong?`,

  'Proof that a person made it': `Faked voices and faked sites are cheap now. What does trust cost a brand that cannot prove itself?

We copied a voice from four minutes of an interview, with permission. Three of five colleagues did what it asked.

## What helps
- Pictures and e-mails that carry a signature of the person who made them.
- A word agreed on beforehand, for money and for passwords.
- Saying how we will *never* ask.`,

  'Heat as a working condition': `Eleven of our sites pass 35 °C more days each summer. Who decides when work stops?

In July the floor of the Gdynia warehouse passed 35 °C on **14 days**. In 2019 it was three. Nobody had planned for it, so each shift leader decided alone.

## Why it reaches a manager’s desk
- Three countries we work in now set a temperature at which work must stop.
- Orders promised for the next day are picked in the hottest four hours.
- Insurers ask for a heat plan from next year.

> I sent them home at two. I still do not know if I was allowed to.
>
> Shift leader, Gdynia

## What we would like to find out
1. Which of our sites are too hot to work in by 2030?
2. What does it cost to shift the picking to five in the morning?`,

  'Work after the degree': `Why good people leave before year three, and what they say when no manager is in the room.

Good people leave us in month 20, not in year three. We talked with 14 who left and 11 who stayed.

## What we found
- Nobody left for money alone. 9 of 14 named **one conversation that never came**.
- The first manager decides. Where she asked “what next?” before month 12, 8 of 10 stayed.

> I knew my next employer’s plan for me before I knew yours.`,

  'Customers who never visit us': `Their assistant compares us with four rivals in a second. We looked at what it reads.

It does not read our front page. It reads the price list, two forums and a product sheet from 2021.

## What we would like to find out
1. What do the five biggest assistants say about us today?
2. Who here owns the page a machine reads?`,

  'Suppliers check our climate figures before we check theirs': `Two tenders this autumn were lost on a spreadsheet nobody here owns.

Buyers ask for figures per product, not per company. Ours exist for four products out of sixty.`,

  'A battery on site turns the energy bill into a trading desk': `Our plant in Moss already earns on cold mornings.

The battery buys at three at night and sells at eight. Who decides when it should keep the power for ourselves?`,

  'Small models run on the phone in every driver’s cab': `No signal needed, no data leaves the lorry. Three drivers built their own.`,

  'New colleagues ask for the salary band before they ask about the job': `In four of our countries the advert has to name it. Half of ours still leave it out.`,

  'The spare part is printed on site before ours has left the warehouse': `In Gdynia a bracket took 40 minutes. The one we sell takes nine days.`,

  'Repair is becoming a right, and our manuals are still secret': `Customers film the repair themselves and get it half right. The manual is ours to publish.`,

  'The office as a showroom': `Clients visit to see how we work, not what we sell.`,

  'Shorter weeks in the depots': `Four long days or five short ones, and who covers Friday.`,

  'A digital passport for every part': `Where it comes from, what is in it, how to take it apart. Buyers will ask for it part by part.`,

  'Too hot to load a lorry': `On the ramp it is hotter than on the floor, and nobody measures there.`,

  'The first month without a laptop': `Agency staff and trainees start on a Monday and wait for a machine until the third week.`,

  'Exit talks that nobody reads': `We ask everyone who leaves why. The answers go into a folder that was last opened two years ago.`,

  'Meetings that could be a page': `A trainee sits through 14 hours of meetings a week and speaks in two of them.`,

  'Customers who write at midnight': `A third of the messages to customer care arrive after 22:00. Our answer starts with our office hours.`,
};
