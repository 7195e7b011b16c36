# ruff: noqa: E501  one sentence, one line
"""Conversations in Turkish."""

from helpdesk.storefront.scenario.script import Talk, Voice, a, c, hand, n

# fmt: off
VOICE = Voice(
    names=[
        "Elif Yılmaz", "Ahmet Kaya", "Zeynep Demir", "Mehmet Şahin", "Ayşe Çelik", "Emre Yıldız",
        "Fatma Öztürk", "Can Arslan", "Selin Doğan", "Burak Kılıç", "Merve Aslan", "Oğuz Çetin",
        "Gizem Kara", "Hakan Koç", "İrem Kurt", "Kaan Özdemir", "Leyla Şimşek", "Murat Polat",
        "Nazlı Erdem", "Onur Güneş",
    ],
    talks=[
        Talk("damaged", "halo", [
            c("Merhaba, {lamp} bugün geldi ama camı çatlak."),
            a("Merhaba {name}, ben {agent}. Çok üzgünüm. Sipariş numaranızı alabilir miyim?"),
            c("{order}. Fotoğraf da çektim."),
            hand("Returns", "Çatlak cam, müşteride fotoğraf var."),
            a("Teşekkürler. Yeni başlık bugün yola çıkıyor, eskisini göndermenize gerek yok."),
            c("Çok teşekkür ederim, hızlı oldu."),
        ]),
        Talk("delivery", "checkout", [
            c("{order} numaralı siparişim nerede? Takipte hareket yok."),
            a("Merhaba {name}, hemen bakıyorum. Paket İzmir dağıtım merkezinde, yarın teslim edilecek."),
            c("Öğleden önce gelir mi?"),
            a("Kurye 10.00–13.00 arası diyor. Bir saat önce SMS alacaksınız."),
            c("Tamam, teşekkürler."),
        ]),
        Talk("dimmer", "halo", [
            c("Halo dimmerla çalışıyor mu? Evdeki dimmer eski."),
            a("Merhaba {name}! Evet, kısılabilir her E27 ampulle çalışır. Dimmerın üzerinde ne yazıyor?"),
            c("40–400 W yazıyor."),
            hand("Sales", "Satın almadan önce soruyor, Kerem dimmer listesine bakar."),
            a("O model LED ile titrer. 3 W’tan başlayan trailing edge bir dimmer uygun olur."),
            c("Almadan sormam iyi oldu."),
        ]),
        Talk("invoice", "checkout", [
            c("{order} için şirket faturası rica ediyorum."),
            a("Elbette. Unvan, vergi dairesi ve vergi numaranızı yazar mısınız?"),
            c("Ege Mimarlık Ltd. Şti., Karşıyaka VD, 123 456 7890"),
            a("Düzeltilmiş fatura e-postanızda."),
            c("Elinize sağlık."),
        ]),
        Talk("return", "moss", [
            c("Moss rengini beğenmedim, nasıl iade ederim?"),
            a("60 gün içinde iade edebilirsiniz. Etiketi e-posta ile gönderiyorum; en yakın teslim noktası yeterli."),
            c("Kutusunu açmıştım, sorun olur mu?"),
            a("Hayır, kutunun açılmış olması sorun değil."),
        ]),
        Talk("payment", "checkout", [
            c("Kartım iki kez reddedildi, para çekildi mi?"),
            a("Merhaba {name}, hiçbir tutar çekilmedi. Bankanız uygulamadan onay istiyor."),
            c("Onayladım, şimdi oldu."),
            a("Siparişinizi görüyorum, bugün çıkıyor."),
        ]),
        Talk("warranty", "arc", [
            c("Arc’ın anahtarı üç yıl sonra bozuldu. Garanti geçerli mi?"),
            a("Evet, anahtarlar beş yıl garantili. Sipariş numaranız yeterli."),
            c("{order}"),
            n("Aynı partide ikinci anahtar arızası, kaliteye bildirildi."),
            a("Yeni anahtar bugün yola çıkıyor; takmak için tornavida yeterli."),
        ]),
        Talk("refund", "checkout", [
            c("Param hâlâ iade edilmedi. Dokuz gün oldu! {order}"),
            a("Haklısınız {name}, özür dilerim. Paket dün okutuldu, iade şimdi onaylandı."),
            c("Bu kadar beklemek normal değil."),
            a("Haklısınız, ilgili ekibe ilettim. İki gün içinde kartınızda olacak."),
        ], scores=(1, 2, 2)),
    ],
    praise=["Çok hızlı yanıt verdiniz.", "", "İlginiz için teşekkürler.", "Sorun iki dakikada çözüldü."],
    complaints=["Çok bekledim.", "", "Aynı şeyi iki kez anlattım."],
)
