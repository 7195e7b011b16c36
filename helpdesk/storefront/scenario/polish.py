# ruff: noqa: E501  one sentence, one line
"""Conversations in Polish."""

from helpdesk.storefront.scenario.script import Talk, Voice, a, c, hand, n

# fmt: off
VOICE = Voice(
    names=[
        "Anna Nowak", "Piotr Wiśniewski", "Katarzyna Wójcik", "Tomasz Kamiński", "Magda Lewandowska",
        "Jan Zieliński", "Agnieszka Szymańska", "Michał Woźniak", "Ewelina Dąbrowska", "Paweł Kozłowski",
        "Joanna Jankowska", "Krzysztof Mazur", "Monika Krawczyk", "Łukasz Piotrowski", "Natalia Grabowska",
        "Marek Pawlak", "Dorota Michalska", "Grzegorz Król", "Iwona Wieczorek", "Rafał Jabłoński",
    ],
    talks=[
        Talk("damaged", "halo", [
            c("Dzień dobry, {lamp} przyszła dzisiaj z pękniętym kloszem."),
            a("Dzień dobry, z tej strony {agent}. Bardzo mi przykro. Poproszę o numer zamówienia."),
            c("{order}, zdjęcia już mam."),
            hand("Returns", "Pęknięty klosz, klient ma zdjęcia."),
            a("Dziękuję. Nowy klosz wysyłamy dzisiaj, starego nie trzeba odsyłać."),
            c("Super szybko, dziękuję!"),
        ]),
        Talk("delivery", "checkout", [
            c("Dzień dobry, kiedy dotrze moje zamówienie {order}?"),
            a("Dzień dobry! Paczka jest już w Poznaniu i dotrze dziś przed 16:00."),
            c("Czy kurier zadzwoni?"),
            a("Tak, godzinę wcześniej przyjdzie SMS."),
            c("Dziękuję bardzo."),
        ]),
        Talk("dimmer", "halo", [
            c("Czy Halo działa ze ściemniaczem?"),
            a("Dzień dobry! Tak, z każdą ściemnialną żarówką E27. Jaki model ściemniacza?"),
            c("Na obudowie jest 40–400 W."),
            a("Ten będzie migotać z LED-ami. Lepszy będzie trailing edge od 3 W."),
            c("Dobrze, że pytam przed zakupem."),
        ]),
        Talk("invoice", "checkout", [
            c("Poproszę fakturę z NIP-em do zamówienia {order}."),
            a("Oczywiście. Poproszę nazwę firmy, adres i NIP."),
            c("Studio Światło sp. z o.o., ul. Długa 5, Gdańsk, NIP 123-456-78-90"),
            a("Gotowe, faktura korygująca jest już w skrzynce."),
        ]),
        Talk("return", "arc", [
            c("Arc jest za wysoki do naszego salonu. Jak go zwrócić?"),
            a("Na zwrot jest 60 dni. Lampa waży ponad 15 kg, więc ją odbierzemy. Jaki dzień pasuje?"),
            c("Piątek po południu."),
            a("Odbiór: piątek, 14:00–17:00. Pieniądze wyślemy po dotarciu lampy."),
            c("Świetna obsługa."),
        ]),
        Talk("payment", "checkout", [
            c("Płatność kartą została odrzucona. Czy pieniądze zostały pobrane?"),
            a("Dzień dobry, nic nie zostało pobrane. Bank czeka na potwierdzenie w aplikacji."),
            c("Faktycznie, teraz się udało."),
            a("Widzę zamówienie, wyjdzie dzisiaj."),
        ]),
        Talk("spare parts", "moss", [
            c("Potrzebuję nowego filcu pod podstawę lampy Moss."),
            a("Jasne, drobne części są bezpłatne. Na jaki adres wysłać?"),
            c("Ten sam co w zamówieniu {order}."),
            n("Filc do Moss: zostało 6 sztuk, trzeba zamówić."),
            a("Wysłane listem, będzie za 2–3 dni."),
        ]),
        Talk("refund", "checkout", [
            c("Minęło dziewięć dni, a zwrotu nadal nie ma. {order}"),
            a("Bardzo przepraszam. Paczka została zeskanowana wczoraj, zwrot właśnie zlecono."),
            c("Zdecydowanie za długo."),
            a("To prawda, sprawa trafiła do logistyki. Pieniądze będą na karcie w ciągu dwóch dni."),
        ], scores=(1, 2, 3)),
    ],
    praise=["Super szybko!", "", "Miła i konkretna pomoc.", "Polecam."],
    complaints=["Za długo to trwało.", ""],
)
