import { columnKey, squashed } from "./column-key.ts";

/**
 * What a column's name can mean. `id`, `name`: of that thing. `either`: the thing alone is named (`Partner`), so that a column
 * beside it decides. `bare`: of whatever the table is about. A begin or an end may be that of anything, or of one kind.
 */
export type Sense =
  | `${"app" | "developer" | "resource"}:${"id" | "either"}`
  | `${"app" | "developer" | "resource" | "bare"}:name`
  | "bare:id"
  | "permission"
  | "subject"
  | "contact"
  | "country"
  | "people"
  | "visibility"
  | "status"
  | "status:app"
  | "status:active"
  | "begin"
  | "begin:app"
  | "begin:grant"
  | "begin:consent"
  | "end"
  | "end:app"
  | "end:grant"
  | "end:consent";

/** English, German, French, Spanish, as `columnKey` writes them. */
const WORDS: Readonly<Record<Sense, string>> = {
  "app:id":
    "app_id application_id client_id app_number app_no app_nr app_uid app_key api_client_id oauth_client_id consumer_key id_app " +
    "anwendungs_id anwendung_id applikations_id app_nummer app_kennung anwendungsnummer " +
    "id_application id_de_l_application identifiant_application identifiant_app identifiant_de_l_application " +
    "id_aplicacion id_de_aplicacion id_de_la_aplicacion identificador_aplicacion identificador_de_la_aplicacion",
  "app:either": "app application anwendung applikation aplicacion",
  "app:name":
    "app_name application_name app_title application_title client_name app_display_name anwendungsname applikationsname name_der_app name_der_anwendung " +
    "nom_app nom_application nom_de_l_application nom_de_l_app nombre_app nombre_aplicacion nombre_de_la_aplicacion nombre_de_la_app",
  "developer:id":
    "developer_id dev_id owner_id partner_id vendor_id publisher_id company_id organisation_id organization_id " +
    "entwickler_id entwicklernummer entwickler_nr partner_nr partnernummer inhaber_id firmen_id " +
    "id_developpeur id_du_developpeur developpeur_id identifiant_developpeur identifiant_du_developpeur id_partenaire id_proprietaire " +
    "id_desarrollador id_del_desarrollador desarrollador_id identificador_desarrollador identificador_del_desarrollador id_socio id_propietario",
  "developer:either":
    "developer owner partner vendor publisher entwickler inhaber eigentumer eigentuemer besitzer developpeur partenaire proprietaire editeur desarrollador propietario titular socio",
  "developer:name":
    "developer_name owner_name partner_name vendor_name publisher_name company company_name organisation organization organisation_name organization_name " +
    "firma firmenname unternehmen entwicklername name_des_entwicklers partnername societe entreprise nom_du_developpeur nom_developpeur nom_de_la_societe " +
    "empresa compania nombre_del_desarrollador nombre_desarrollador nombre_de_la_empresa",
  permission:
    "permission permissions permission_name permission_id scope scopes scope_name grant berechtigung berechtigungen recht rechte freigabe autorisation autorisations permiso permisos autorizacion alcance portee droit",
  subject:
    "subject subject_id member member_id person person_id user user_id mitglied mitglieds_id mitglied_id person_id nutzer nutzer_id benutzer benutzer_id " +
    "membre id_membre membre_id identifiant_membre utilisateur id_utilisateur personne miembro id_miembro miembro_id usuario id_usuario persona",
  contact:
    "contact mail email e_mail contact_email contact_mail developer_email owner_email partner_email developer_contact owner_contact partner_contact " +
    "kontakt kontakt_mail kontakt_email courriel correo correo_electronico contacto",
  country: "country country_code developer_country land staat pays pais",
  "resource:id":
    "resource_id group_id object_id circle_id gruppen_id gruppe_id ressourcen_id id_groupe groupe_id id_du_groupe id_ressource id_grupo grupo_id id_del_grupo id_recurso",
  "resource:either": "resource group object circle gruppe ressource groupe recurso grupo",
  "resource:name":
    "resource_name group_name circle_name gruppenname name_der_gruppe nom_du_groupe nom_groupe nombre_del_grupo nombre_grupo",
  people:
    "people people_count members member_count members_count number_of_members number_of_people size group_size participants mitglieder mitgliederzahl anzahl_mitglieder anzahl_der_mitglieder " +
    "membres nombre_de_membres nombre_membres miembros numero_de_miembros numero_miembros",
  visibility: "visibility privacy sichtbarkeit visibilite visibilidad",
  "bare:id": "id identifier kennung identifiant identificador",
  "bare:name": "name title display_name bezeichnung titel nom titre nombre titulo",
  status: "status state zustand etat statut estado",
  "status:app":
    "app_status application_status app_state anwendungsstatus app_zustand etat_de_l_application estado_de_la_aplicacion",
  "status:active": "active is_active enabled is_enabled aktiv actif activo",
  begin:
    "from since start starts started start_date begin begins valid_from von ab seit beginn gultig_ab gueltig_ab gultig_von gueltig_von depuis debut du date_de_debut valable_du desde inicio fecha_inicio fecha_de_inicio valido_desde",
  "begin:app":
    "owned_from owned_since owner_from owner_since eigentum_ab eigentumer_ab eigentumer_seit eigentuemer_seit inhaber_seit inhaber_ab proprietaire_depuis propietario_desde",
  "begin:grant":
    "granted_at granted granted_on granted_date grant_date date_granted access_granted approved_at approved_on approved " +
    "gewahrt gewahrt_am gewaehrt_am erteilt erteilt_am freigegeben_am accorde_le accordee_le accorde date_d_octroi octroye_le attribue_le " +
    "concedido concedido_el otorgado otorgado_el fecha_de_concesion",
  "begin:consent":
    "given_at given given_on consented_at consented consented_on consent_date opted_in opted_in_at opt_in_at opt_in einwilligung_am eingewilligt_am zugestimmt_am consenti_le donne_le date_du_consentement consentido_el dado_el fecha_de_consentimiento",
  end: "until till to valid_until valid_to bis gultig_bis gueltig_bis jusqu_au jusque valable_jusqu_au hasta valido_hasta",
  "end:app":
    "owned_until owned_to owner_until eigentum_bis eigentumer_bis eigentuemer_bis inhaber_bis proprietaire_jusqu_au propietario_hasta",
  "end:grant":
    "revoked_at revoked revoked_on revoked_date revocation_date date_revoked removed_at removed removed_on removal_date ended_at ended ended_on end end_date ends " +
    "expires expires_at expires_on expired expired_at expiry expiry_date expiration expiration_date terminated terminated_at terminated_on access_removed access_ended access_revoked " +
    "withdrawn withdrawn_at withdrawn_on " +
    "widerrufen widerrufen_am widerruf entzogen entzogen_am entzug ende enddatum beendet beendet_am abgelaufen abgelaufen_am ablauf ablaufdatum " +
    "revoque revoque_le revoquee_le retire retire_le retiree_le fin date_de_fin expire expire_le date_de_revocation date_d_expiration " +
    "revocado revocado_el retirado retirado_el fecha_fin fecha_de_fin vencimiento caduca caduca_el expira expira_el fecha_de_revocacion fecha_de_vencimiento",
  "end:consent":
    "opted_out opted_out_at opt_out opt_out_at consent_withdrawn consent_withdrawn_at widerrufen_am retrait_le retire_le",
};

const SENSES = new Map<string, Set<Sense>>();
for (const [sense, list] of Object.entries(WORDS) as [Sense, string][]) {
  for (const word of list.split(" ")) {
    const key = squashed(word);
    const senses = SENSES.get(key);
    if (senses) senses.add(sense);
    else SENSES.set(key, new Set([sense]));
  }
}

const NONE: ReadonlySet<Sense> = new Set();
/** Names that mean nothing without the thing that they belong to. */
const isBare = (senses: ReadonlySet<Sense>): boolean =>
  ["bare:id", "bare:name", "status", "people"].some((sense) => senses.has(sense as Sense));

/** `group.members`: what is bare alone belongs to the thing that it stands in. */
const isOfGroup = (outer: string | undefined, senses: ReadonlySet<Sense>): boolean =>
  senses.has("people") && (SENSES.get(squashed(outer ?? ""))?.has("resource:either") ?? false);

/**
 * What a header's name can mean. What stands behind it in brackets is no part of it; of a dotted name the last parts count
 * where the whole is not known.
 */
export function sensesOf(header: string): ReadonlySet<Sense> {
  // MongoDB writes a date as {"$date": …} and an id as {"$oid": …}.
  const parts = withoutBrackets(header)
    .replace(/(?:\.\$(?:date|oid|numberLong))+$/u, "")
    .split(".");
  for (let from = 0; from < parts.length; from += 1) {
    const senses = SENSES.get(squashed(parts.slice(from).join(".")));
    if (!senses) continue;
    if (from === 0 || from < parts.length - 1 || !isBare(senses) || isOfGroup(parts[from - 1], senses)) return senses;
  }
  return NONE;
}

const BRACKETS = /\s*[([]([^()[\]]*)[)\]]\s*$/u;
const withoutBrackets = (header: string): string => header.replace(BRACKETS, "");
/** `Revoked at (CET)`: what the brackets hold. */
export const bracketOf = (header: string): string | undefined => BRACKETS.exec(header)?.[1]?.trim();

const LOOKS = {
  end: /^(?:revok|revoc|remov|expir|withdr|terminat|cancel|delet|deactiv|disabled|ended$|end$|ends$|until$|clos(?:ed|ing)$|stop|suspend|block|banned|entz|widerr|bis$|ende$|beendet|gesperrt|gelosch|gelosc|ablauf|abgel|gekund|revoq|retir|fin$|supprim|jusqu|resili|hasta$|baja$|caduc|vencim|elimin|offboard|lost$|loss$|ceas|discontin|deauth|laps|through$|pulled$|finish|decommiss|rescind|rescis|retract|invalidat|kill|relinquish|forfeit|unapprov|ungrant|sunset|shut|depart|entf|verlor|deaktiv|abgesch|perdu|arret|desactiv|annul|perdid|anulad|cese$|cierre)/u,
  owner:
    /^(?:owner|partner|developer|publisher|vendor|company|inhaber|eigentum|eigentuem|besitz|entwickl|firma|proprie|propie|developp|societe|editeur|desarroll|empresa|titular)/u,
  status:
    /^(?:status|state|active|enabled|inactive|zustand|aktiv|inaktiv|etat|statut|actif|inactif|estado|activo|inactivo)$/u,
} as const;
export type Look = keyof typeof LOOKS;

/** What a column looks like that is not understood, by the words of its name. */
export function lookOf(header: string): Look | undefined {
  const words = columnKey(header).split("_");
  return (Object.keys(LOOKS) as Look[]).find((look) => words.some((word) => LOOKS[look].test(word)));
}
