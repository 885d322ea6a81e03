import Identity
import TestSupport

/// People that nobody is, each written down one to three times as records do: another alphabet, a slip of
/// the hand, parts missing.
enum MadePeople {
  struct Mention {
    let person: Int
    let mention: PartyMention
  }

  static let given = [
    ("Vladimir", "Владимир"), ("Olga", "Ольга"), ("Anna", "Анна"), ("Dmitri", "Дмитрий"),
    ("Katarzyna", "Катажина"), ("Mohammed", "Мохаммед"), ("Elena", "Елена"), ("Sergei", "Сергей"),
    ("Natalia", "Наталья"), ("Viktor", "Виктор"), ("Irina", "Ирина"), ("Pavel", "Павел"),
  ]
  static let starts = [
    ("Kuz", "Куз"), ("Pet", "Пет"), ("Iva", "Ива"), ("Vol", "Вол"), ("Mor", "Мор"), ("Bel", "Бел"),
    ("Gor", "Гор"), ("Zai", "Зай"), ("Lip", "Лип"), ("Ryb", "Рыб"), ("Tar", "Тар"), ("Sok", "Сок"),
  ]
  static let middles = [
    ("net", "нец"), ("ro", "ро"), ("no", "но"), ("ko", "ко"), ("oz", "оз"), ("ari", "ари"),
    ("unt", "унт"), ("ashk", "ашк"),
  ]
  static let ends = [("ov", "ов"), ("enko", "енко"), ("in", "ин"), ("sky", "ский"), ("ich", "ич")]

  static func mentions(count: Int, seed: UInt64) -> [Mention] {
    var random = SeededRandom(seed: seed)
    func one<T>(_ list: [T]) -> T { list[Int(random.next() % UInt64(list.count))] }
    func chance(_ percent: UInt64) -> Bool { random.next() % 100 < percent }
    var made: [Mention] = []
    var person = 0
    while made.count < count {
      let (first, start, middle, end) = (one(given), one(starts), one(middles), one(ends))
      let latin = (first.0, start.0 + middle.0 + end.0)
      let cyrillic = (first.1, start.1 + middle.1 + end.1)
      let born =
        "\(1950 + random.next() % 55)-\(two(1 + random.next() % 12))-\(two(2 + random.next() % 27))"
      let phone = "+48 6\(10_000_000 + random.next() % 89_999_999)"
      let number = "\(10_000_000_000 + random.next() % 89_999_999_999)"
      for _ in 0..<(1 + random.next() % 3) {
        var name = chance(20) ? "\(cyrillic.1) \(cyrillic.0)" : "\(latin.0) \(latin.1)"
        if chance(20) { name = slipped(name, at: Int(random.next() % UInt64(name.count))) }
        made.append(
          Mention(
            person: person,
            mention: PartyMention(
              reference: "m\(made.count + 10_000)", kind: .person, names: [name],
              birth: chance(95) ? PartialDate(born) : nil,
              identifiers: chance(20)
                ? [PartyIdentifier(scheme: "made", value: number, isStrong: true)] : [],
              phones: chance(40) ? [phone] : [])))
      }
      person += 1
    }
    return made
  }

  private static func two(_ number: UInt64) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func slipped(_ name: String, at place: Int) -> String {
    var letters = Array(name)
    guard place + 1 < letters.count, letters[place] != " ", letters[place + 1] != " " else {
      return name
    }
    letters.swapAt(place, place + 1)
    return String(letters)
  }
}
