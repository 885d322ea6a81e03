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
      boekdatum|boekingsdatum|datum verrekening|fecha operación|fecha operacion|fecha de operación|\
      fecha contable|fecha de la operación|data operacji|data księgowania|bokföringsdatum|bokföringsdag|\
      bogføringsdato|bokføringsdato|kirjauspäivä|data contabile|data registrazione|data operazione|\
      date comptable|date opération|date operation|date de l'opération|date d'opération|data do movimento|\
      data mov.|data movimento|data de lançamento|data lanç.|buchung|transaction date|transaction_date|\
      transaktionsdatum|tranzakció dátuma|könyvelés dátuma|operacijos data|operacijos datos|operation date|\
      datum|date|datum provedení|datum verrichting|transactiedatum|data|fecha|data lançamento|dato|päivä|\
      created|created_utc
      """
    ),
    (
      .valueDate,
      """
      value date|valutadatum|wertstellung|wertstellungsdatum|valuta|valuta-datum|rentedatum|value_date|data valuta|\
      fecha valor|f. valor|date de valeur|date valeur|data waluty|data valor|data-valor|valutadag|rentedato|\
      értéknap|datum valuty|valuta datum|valutos data|execution date
      """
    ),
    (
      .amount,
      """
      amount|betrag|bedrag|buchungsbetrag|zaúčtovaná částka|částka|objem|montant|importo|importe|kwota|\
      kwota operacji|belopp|beløb|beløp|valor|montante|summa|suma|määrä|tranzakció összege|összeg|net|\
      transaction amount|transactiebedrag|umsatz|amount in account currency
      """
    ),
    (
      .debit,
      """
      debit|debits|debit amount|withdrawal|withdrawals|withdrawal amount|paid out|money out|soll|belastung|\
      lastschrift|debet|af|débit|débito|débitos|debe|cargo|cargos|addebiti|addebito|uscite|obciążenia|\
      obciążenie|výdaje|výběr|uttag|ut|debetas|outflow|spent|dare
      """
    ),
    (
      .credit,
      """
      credit|credits|credit amount|deposit|deposits|deposit amount|paid in|money in|haben|gutschrift|bij|\
      crédit|crédito|créditos|haber|abono|abonos|accrediti|accredito|entrate|uznania|uznanie|příjmy|vklad|\
      insättning|inn|kreditas|inflow|received|avere
      """
    ),
    (
      .currency,
      """
      currency|currency code|währung|waehrung|munt|muntsoort|valuta/munt|měna účtu|měna|devise|divisa|moneda|\
      moeda|waluta|valuuta|valiuta|buchungswährung|tranzakció devizaneme|devizanem|ccy|cur
      """
    ),
    (
      .balance,
      """
      balance|saldo|kontostand|running balance|runningbalance|account balance|solde|saldo po operacji|\
      saldo contable|saldo contabilístico|saldo disponible|saldo na operacji|zůstatek|egyenleg|likutis|\
      balance after|balance after transaction|saldo na trn
      """
    ),
    (
      .ownAccount,
      """
      auftragskonto|account no|account number|own account|rekeningnummer|iban auftraggeberkonto|číslo účtu|\
      číslo vlastního účtu|számlaszám|iban/bban|konto|account|compte|cuenta|conto|conta|rachunek|\
      numer rachunku|sąskaita|kontonummer
      """
    ),
    (
      .name,
      """
      beguenstigter/zahlungspflichtiger|begünstigter/zahlungspflichtiger|counterparty name|counterparty|\
      auftraggeber/empfänger|name zahlungsbeteiligter|zahlungsbeteiligter|naam tegenpartij|naam tegenrekening|\
      beneficiary|payee|empfänger|nom|tiers|contrepartie|beneficiario|ordenante|controparte|contraparte|\
      odbiorca|kontrahent|nadawca/odbiorca|dane kontrahenta|mottagare|mottaker|modtager|name|\
      název protiúčtu|counteraccount name|partner neve|gavėjas|mokėtojas/gavėjas|merchant name|naam
      """
    ),
    (
      .counterpartyAccount,
      """
      kontonummer/iban|iban zahlungsbeteiligter|counterparty account|counterparty iban|payee account|\
      rekeningnummer tegenpartij|tegenrekening iban/bban|číslo protiúčtu|protiúčet|partner számlaszáma|\
      compte bénéficiaire|compte tiers|cuenta contraparte|conto controparte|conta contraparte|\
      rachunek kontrahenta|numer konta kontrahenta|gavėjo sąskaita|tegenrekening|contra account
      """
    ),
    (
      .counterpartyBank,
      "bic tegenpartij|bic tegenrekening|counterparty bank|bic zahlungsbeteiligter|bic|blz|bankleitzahl|swift"
    ),
    (
      .purpose,
      """
      verwendungszweck|purpose|description|omschrijving|mededelingen|details|buchungstext|\
      remittance information|memo|narrative|libellé|libelle|causale|descrizione|concepto|descripción|\
      descrição|descritivo|tytuł|tytułem|opis operacji|opis|meddelande|beskrivning|beskrivelse|tekst|text|\
      közlemény|zpráva|zpráva pro příjemce|paskirtis|mokėjimo paskirtis|transaktionsbeschreibung|\
      message for payee
      """
    ),
    (
      .transactionID,
      """
      transaction id|transaction reference number|referenční číslo transakce|record id|id transakce|\
      id pohybu|id operace|transaction number|id transakcji
      """
    ),
    (
      .reference,
      "reference|referenz|ref|reference no|payment reference|référence|referencia|referência|riferimento|referens|referentie"
    ),
    (
      .type,
      """
      transaction type|type|buchungsart|umsatzart|code|transaktionstyp|typ transakce|mutatiesoort|\
      type d'opération|tipo|tipo operazione|typ operacji|rodzaj operacji|typ
      """
    ),
  ]

  static let flags = """
    d/k|d/c|dc|c/d|cr/dr|dr/cr|credit/debit|debit/credit|debit/credit indicator|debit/credit mark|soll/haben|\
    s/h|h/s|af bij|af/bij|sens|debe/haber|d/h|dare/avere|wn/ma|strona|débito/crédito|kredit/debet|\
    bevétel/kiadás
    """

  /// Codes that say which way money went, in lower case.
  static let flagCodes: [String: Int] = [
    "d": -1, "c": 1, "k": 1, "s": -1, "h": 1, "dr": -1, "cr": 1, "dbit": -1, "crdt": 1,
    "debit": -1, "credit": 1, "af": -1, "bij": 1, "outflow": -1, "inflow": 1, "out": -1, "in": 1,
    "soll": -1, "haben": 1, "belastung": -1, "gutschrift": 1, "débit": -1, "crédit": 1,
    "debe": -1, "haber": 1, "cargo": -1, "abono": 1, "dare": -1, "avere": 1, "débito": -1,
    "crédito": 1, "wn": -1, "ma": 1, "debet": -1, "kredit": 1,
  ]

  /// A header as compared: without a currency in brackets or at its end.
  static func plain(_ header: String) -> (name: String, currency: Currency?) {
    var name = MappingProfile.normalised(header)
    var currency: Currency?
    if let open = name.lastIndex(where: { $0 == "(" || $0 == "[" }),
      let close = name.lastIndex(where: { $0 == ")" || $0 == "]" }), open < close
    {
      let inside = name[name.index(after: open)..<close]
      currency =
        Currency(iso: inside.uppercased())
        ?? CurrencySigns.only(String(inside)).flatMap { Currency(iso: $0) }
      // Words in brackets change what a column is: only currencies and marks of form are cut off.
      let isForm = ["+/-", "-/+", "±", "d/c", "yyyy-mm-dd", "dd/mm/yyyy", "dd.mm.yyyy"].contains(
        inside)
      if currency != nil || isForm { name = MappingProfile.normalised(name[..<open]) }
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
