import CaseModel

/// Words by which banks head a column that says whether a line was booked, and the words inside it. Used
/// only when no profile is stated and none matches.
///
/// Gathered from exports of account apps and card issuers in the languages of `HeaderWords`; `PDNG` and
/// `BOOK` are ISO 20022's. Left out on purpose: words for money that was booked and came back (reversed,
/// refunded, returned, storniert). Whether the return has a row of its own only the operator can say.
enum StatusWords {
  /// Headers that mean nothing else.
  private static let own = words(
    """
    status|booking status|transaction status|payment status|buchungsstatus|umsatzstatus|zustand|statut|\
    tila|stav|stav transakce|status transakcji|status operacji|état de l'opération|estado de la operación|\
    estado del movimiento|situação|būsena
    """)

  /// Headers that may as well be a part of an address: the values decide.
  private static let shared = words("state|estado|stato|etat|état|staat")

  /// What a word in the column means, in lower case.
  static let kinds: [String: EntryKind] = {
    var kinds: [String: EntryKind] = [:]
    for (kind, list) in [
      (EntryKind.booked, booked), (.pending, pending), (.future, future),
      (.info, notBooked),
    ] {
      for word in words(list) { kinds[word] = kind }
    }
    return kinds
  }()

  private static let booked = """
    completed|complete|booked|book|settled|posted|cleared|executed|success|successful|succeeded|processed|\
    gebucht|verbucht|ausgeführt|abgeschlossen|geboekt|verwerkt|uitgevoerd|voltooid|comptabilisé|\
    comptabilisée|exécuté|exécutée|effectué|effectuée|terminé|terminée|contabilizado|contabilizada|\
    completado|completada|ejecutado|ejecutada|liquidado|liquidada|realizado|realizada|contabilizzato|\
    contabilizzata|eseguito|eseguita|completato|completata|concluído|concluída|efetuado|efetuada|\
    zaksięgowana|zaksięgowano|zrealizowana|zrealizowano|rozliczona|wykonana|zaúčtováno|zaúčtovaná|\
    bokförd|genomförd|bogført|gennemført|bokført|gjennomført|kirjattu|įvykdyta
    """
  private static let pending = """
    pending|pdng|processing|in progress|authorised|authorized|vorgemerkt|ausstehend|in bearbeitung|\
    in behandeling|en attente|en cours|pendiente|in attesa|in sospeso|pendente|oczekująca|oczekuje|\
    w toku|čeká na zpracování|reserverad|reserveret|reservert|odottaa
    """
  private static let future = "scheduled|geplant|gepland|programado|programada|zaplanowana"
  private static let notBooked = """
    reverted|failed|declined|cancelled|canceled|rejected|refused|expired|void|voided|aborted|abgelehnt|\
    fehlgeschlagen|abgebrochen|geannuleerd|geweigerd|mislukt|annulé|annulée|refusé|refusée|rejeté|\
    rejetée|échoué|échouée|cancelado|cancelada|rechazado|rechazada|fallido|fallida|anulado|anulada|\
    annullato|annullata|rifiutato|rifiutata|fallito|fallita|rejeitado|rejeitada|odrzucona|anulowana|\
    zrušeno|zamítnuto|avvisad|afvist|avvist|hylätty|atmesta
    """

  static func isHeader(_ plain: String) -> Bool { own.contains(plain) || shared.contains(plain) }
  static func needsValues(_ plain: String) -> Bool { shared.contains(plain) }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(separator: "|").map { String($0) })
  }
}

/// Words for a fee that stands beside the amount. Whether it is part of the amount no header says.
enum FeeWords {
  static let headers = Set(
    """
    fee|fees|fee amount|total fees|charge|charges|bank charges|transaction fee|commission|gebühr|gebühren|\
    gebuehr|gebuehren|entgelt|spesen|kosten|frais|commissions|comisión|comision|comisiones|commissione|\
    commissioni|spese|comissão|taxa|taxas|opłata|prowizja|poplatek|poplatky|avgift|gebyr|díj|jutalék
    """.split(separator: "|").map { String($0) })
}
