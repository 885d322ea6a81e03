import CaseModel
import Digests
import Postgres

extension Store {
  /// Seals a sheet of identities: names, numbers and telephones are masked from then on, and the
  /// accounts appear under the tokens the case sheet uses for them.
  ///
  /// The same sheet again adds nothing. Nothing of it can be read back.
  public func saveSealed(_ sheet: SealedSheet, sheetName: String, bytes: [UInt8]) async throws {
    let identities = sheet.entries.map { entry in
      SealedIdentity(
        person: entry.person, kind: SealedIdentity.Kind(entry.kind),
        value: entry.accountKey.map(Self.number) ?? entry.value)
    }
    let accounts = sheet.entries.compactMap { entry in
      entry.accountKey.flatMap { key in
        entry.token.map { token in
          ProtectedAccount(
            person: entry.person, key: key, token: token,
            display: "account of \(entry.person)" + (entry.number == 1 ? "" : " (\(entry.number))"))
        }
      }
    }
    try await saveSealed(
      identities, accounts: accounts, matter: sheet.matter, sheetName: sheetName, bytes: bytes)
  }

  /// The number of an account as banks write it, without what the key says about its kind.
  private static func number(of key: AccountKey) -> String {
    key.iban ?? String(key.text.split(separator: "/").last ?? "")
  }
}

extension SealedIdentity.Kind {
  init(_ kind: SealedEntry.Kind) {
    switch kind {
    case .name, .alias: self = .name
    case .account: self = .account
    case .phone: self = .phone
    }
  }
}
