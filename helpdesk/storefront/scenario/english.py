# ruff: noqa: E501  one sentence, one line
"""Conversations in English."""

from helpdesk.storefront.scenario.script import Talk, Voice, a, c, hand, n

# fmt: off
VOICE = Voice(
    names=[
        "Alice Moore", "Ben Carter", "Chloe Evans", "Daniel Reed", "Emma Walsh", "Frank Osei",
        "Grace Lin", "Harry Doyle", "Isla Grant", "Jack Nolan", "Kate Byrne", "Liam Price",
        "Mia Foster", "Noah Hughes", "Olivia Shaw", "Peter Novak", "Ruth Adams", "Sam Whitley",
        "Tara Quinn", "Will Archer",
    ],
    talks=[
        Talk("damaged", "halo", [
            c("Hi, my {lamp} came today and the rim is dented."),
            a("Hi {name}, I’m {agent}. That should not happen, I’m sorry. Could you send me the order number?"),
            c("{order}. The box was crushed on one side."),
            hand("Returns", "Dented rim, box crushed. Customer has photos."),
            a("Thank you. A new shade leaves today, you need not send the old one back."),
            c("That was quick, thanks!"),
        ]),
        Talk("delivery", "checkout", [
            c("Where is my order {order}? The link has not changed for two days."),
            a("Hi {name}, let me look. It is at the depot in Leeds and goes out tomorrow morning."),
            c("Will it come before noon?"),
            a("The driver says between 9 and 12. You get a message an hour before."),
            c("Perfect, thank you."),
        ]),
        Talk("dimmer", "halo", [
            c("Does the Halo work with a dimmer? I have an old one from the flat before."),
            a("Hi {name}! Yes, with any dimmable E27 bulb. What does it say on the dimmer?"),
            c("It says 40–400 W, leading edge."),
            hand("Sales", "Asks before buying; Tom has the list of tested dimmers."),
            a("That one will flicker with LED. A trailing-edge dimmer from 3 W is right for it."),
            n("Third question about leading-edge dimmers this week, the article should say it first."),
            c("Good to know before I buy. Thanks."),
        ]),
        Talk("invoice", "checkout", [
            c("I need an invoice with our VAT number for {order}."),
            a("Of course. Please write me the company’s name, address and VAT number."),
            c("Northlight Studio Ltd, 4 Mill Lane, Bristol, GB 123 4567 89"),
            a("Done, the corrected invoice is in your mail."),
        ]),
        Talk("return", "arc", [
            c("The Arc is too tall for our room. How do I send it back?"),
            a("No problem, you have 60 days. It is over 15 kg, so we pick it up. Which day suits you?"),
            c("Friday afternoon."),
            a("Booked for Friday, 14:00 to 17:00. The refund goes out when it is back with us."),
            c("Great service."),
        ]),
        Talk("payment", "checkout", [
            c("My card was refused twice. Was I charged?"),
            a("Hi {name}, nothing was charged. Your bank wants a confirmation in its app first."),
            c("Ah, there it is. It worked now."),
            a("I see the order, it leaves today."),
        ]),
        Talk("assembly", "arc", [
            c("The screw under the base of my Arc does not hold."),
            a("Hi {name}, does the pole click when you push it in?"),
            c("No click, no."),
            a("Then it sits a few millimetres too high. Turn it a quarter and push again."),
            c("It clicked! All good now."),
        ]),
        Talk("refund", "checkout", [
            c("I sent my lamp back nine days ago and have no money yet. Order {order}."),
            a("I’m sorry, {name}. The parcel was scanned yesterday, the refund is released now."),
            c("That took far too long."),
            n("Parcel lay at the depot for a week, tell logistics."),
            a("You are right, and I have passed it on. It is on your card within two days."),
        ], scores=(1, 2, 3)),
    ],
    praise=["Fast and friendly.", "Solved in two minutes.", "", "Finally a person who answers.", ""],
    complaints=["Too slow.", "I had to ask twice.", ""],
)
