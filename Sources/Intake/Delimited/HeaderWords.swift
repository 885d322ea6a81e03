import CaseModel

/// Words by which banks head their columns, by what the column holds; the best first. Used only when no
/// profile is stated and none matches.
///
/// Gathered from the layouts of bank2ynab, csv2ofx and hledger examples (formats.md §1.1, §4.1).
enum HeaderWords {
  static let words: [(MappingProfile.Role, String)] = [
    (
      .bookingDate,
      """
      booking date|buchungstag|buchungsdatum|datum zaúčtování|posting date|posted date|date posted|date processed|\
      boekdatum|datum verrekening|fecha operación|fecha operacion|data operacji|bokföringsdatum|bogføringsdato|\
      kirjauspäivä|data contabile|date comptable|transaction date|transaction_date|tranzakció dátuma|datum|date|\
      datum provedení|datum verrichting|data|fecha|data lançamento|dato|created|created_utc
      """
    ),
    (
      .valueDate,
      """
      value date|valutadatum|wertstellung|valuta|rentedatum|value_date|data valuta|fecha valor|date de valeur|\
      értéknap|datum valuty|execution date
      """
    ),
    (
      .amount,
      """
      amount|betrag|bedrag|buchungsbetrag|zaúčtovaná částka|částka|montant|importo|importe|kwota|belopp|beløb|\
      beløp|valor|summa|tranzakció összege|net|transaction amount|umsatz
      """
    ),
    (
      .debit,
      """
      debit|debits|withdrawal|withdrawals|paid out|money out|soll|belastung|debet|débit|debe|outflow|spent|dare
      """
    ),
    (
      .credit,
      """
      credit|credits|deposit|deposits|paid in|money in|haben|gutschrift|crédit|haber|inflow|received|avere
      """
    ),
    (
      .currency,
      "currency|währung|waehrung|munt|měna účtu|měna|devise|divisa|moneda|waluta|valuuta|buchungswährung|tranzakció devizaneme|ccy"
    ),
    (
      .balance,
      "balance|saldo|kontostand|running balance|runningbalance|solde|saldo po operacji|egyenleg|balance after"
    ),
    (
      .ownAccount,
      "auftragskonto|account no|account number|own account|rekeningnummer|iban auftraggeberkonto|číslo účtu|číslo vlastního účtu|számlaszám|konto|account"
    ),
    (
      .name,
      """
      beguenstigter/zahlungspflichtiger|begünstigter/zahlungspflichtiger|counterparty name|counterparty|naam tegenpartij|\
      beneficiary|payee|empfänger|name|název protiúčtu|counteraccount name|partner neve|merchant name|naam
      """
    ),
    (
      .counterpartyAccount,
      """
      kontonummer/iban|counterparty account|rekeningnummer tegenpartij|číslo protiúčtu|partner számlaszáma|\
      tegenrekening|contra account
      """
    ),
    (.counterpartyBank, "bic tegenpartij|bic|blz|bankleitzahl|swift"),
    (
      .purpose,
      """
      verwendungszweck|purpose|description|omschrijving|details|buchungstext|remittance information|memo|libellé|\
      causale|concepto|tytuł|közlemény|zpráva|transaktionsbeschreibung|message for payee
      """
    ),
    (
      .transactionID,
      "transaction id|transaction reference number|referenční číslo transakce|record id|id transakce"
    ),
    (.reference, "reference|referenz|ref|reference no|payment reference|referentie"),
    (.type, "transaction type|type|buchungsart|umsatzart|code|transaktionstyp|typ transakce"),
  ]

  static let flags =
    "d/k|d/c|dc|c/d|cr/dr|dr/cr|credit/debit|debit/credit|debit/credit indicator|soll/haben|af bij|bevétel/kiadás"

  /// Codes that say which way money went.
  static let flagCodes: [String: Int] = [
    "D": -1, "C": 1, "K": 1, "S": -1, "H": 1, "DR": -1, "CR": 1, "DBIT": -1, "CRDT": 1,
    "debit": -1, "credit": 1, "Debit": -1, "Credit": 1, "DEBIT": -1, "CREDIT": 1, "Af": -1,
    "Bij": 1,
    "outflow": -1, "inflow": 1, "Out": -1, "In": 1, "out": -1, "in": 1, "Soll": -1, "Haben": 1,
  ]

  /// A header as compared: without what stands in brackets, without a currency code at its end.
  static func plain(_ header: String) -> (name: String, currency: Currency?) {
    var name = MappingProfile.normalised(header)
    var currency: Currency?
    if let open = name.firstIndex(of: "("), let close = name.lastIndex(of: ")"), open < close {
      let inside = name[name.index(after: open)..<close]
      currency = Currency(iso: inside.uppercased())
      name = MappingProfile.normalised(name[..<open])
    } else if let last = name.split(separator: " ").last, last.count == 3, name.contains(" "),
      let found = Currency(iso: last.uppercased())
    {
      currency = found
      name = MappingProfile.normalised(name.dropLast(3))
      if name.hasSuffix(" in") { name = String(name.dropLast(3)) }
    }
    return (name, currency)
  }
}
