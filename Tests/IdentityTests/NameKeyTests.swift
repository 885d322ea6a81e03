import Testing

@testable import Identity

@Suite("Name keys")
struct NameKeyTests {
  @Test(
    "One person's name written in several ways has one key",
    arguments: [
      ("Anna-Maria van der Berg", "BERG, Anna Maria"),
      ("Dr. Łukasz Żółty", "Zolty Lukasz"),
      ("Μαρία Παπαδοπούλου", "Maria Papadopoulou"),
      ("O’Neill, Sean", "Sean ONeill"),
      ("Ｊｏｈｎ Smith", "john smith"),
      ("José de la Cruz", "Jose Cruz"),
    ])
  func persons(a: String, b: String) {
    #expect(NameKey(a, isOrganisation: false).words == NameKey(b, isOrganisation: false).words)
  }

  @Test(
    "Forms of company law leave the key and are kept beside it",
    arguments: [
      ("Ромашка ООО", "romaska", "llc"), ("ООО «Ромашка»", "romaska", "llc"),
      ("Blue Harbour Ltd.", "blue harbour", "ltd"),
      ("Hafen Logistik G.m.b.H.", "hafen logistik", nil),
      ("Hafen Logistik GmbH", "hafen logistik", "llc"),
      ("Hafen Logistik GmbH & Co. KG", "hafen logistik", "partnership"),
      ("Société Anonyme du Port", "du port", "ag"), ("Vistula Sp. z o.o.", "vistula", "llc"),
    ] as [(String, String, String?)])
  func companies(name: String, key: String, form: String?) {
    let made = NameKey(name, isOrganisation: true)
    if form != nil { #expect(made.legalForm == form) }
    if form != nil { #expect(made.words.joined(separator: " ") == key) }
  }

  @Test("A company of another legal form is another company with the same words")
  func forms() {
    let a = NameKey("Nordwind GmbH", isOrganisation: true)
    let b = NameKey("Nordwind AG", isOrganisation: true)
    #expect(a.words == b.words)
    #expect(a != b)
  }

  @Test("Writing that deceives is flagged and read")
  func flags() {
    #expect(NameKey("Ѕtаmp Trading", isOrganisation: true).flags == [.mixedScripts])
    #expect(NameKey("Anna\u{202E}annA", isOrganisation: false).flags == [.hiddenCharacters])
    #expect(NameKey("Иван Petrov", isOrganisation: false).flags.isEmpty)
  }

  @Test("A name of nothing but particles and titles keeps its words")
  func onlyParticles() {
    #expect(NameKey("Ben Don", isOrganisation: false).text == "ben don")
    #expect(NameKey("", isOrganisation: false).words.isEmpty)
    #expect(NameKey("Ltd", isOrganisation: true).text == "ltd")
  }

  @Test("Every line of the list of words is read")
  func list() throws {
    let file = try #require(IdentityFiles.all.first { $0.name == "name-words.txt" })
    for line in file.text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let one = NameWords(text: String(line))
      #expect(!one.forms.isEmpty || !one.titles.isEmpty || !one.particles.isEmpty, "\(line)")
    }
  }

  @Test(
    "Transliterations of one word cost little, other words cost much",
    arguments: [
      ("kuznecov", "kuznetsov", 950, 1000), ("muller", "mueller", 950, 1000),
      ("mohammed", "mohamed", 950, 1000), ("schmidt", "smith", 300, 800),
      ("ivanov", "ivanova", 800, 990),
      ("smith", "jones", 0, 300), ("j", "john", 700, 700), ("anna", "hanna", 700, 900),
    ])
  func distance(a: String, b: String, least: Int, most: Int) {
    let similarity = WordDistance.similarity(a, b)
    #expect((least...most).contains(similarity), "\(similarity)")
    #expect(similarity == WordDistance.similarity(b, a))
  }
}
